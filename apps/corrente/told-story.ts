import { setTimeout as sleep } from 'node:timers/promises'
import { print } from '#apps/corrente/command'
import { demoApplication } from '#apps/corrente/demo-application'
import { payLikeABrowser } from '#apps/corrente/payer'
import { openStory, Story, type StoryEvent, storyLine, storyPartitions } from '#apps/corrente/story'
import { platformSettings } from '#apps/platform/settings'
import { openPublisher } from '#core/publisher'
import { openOffsetSource } from '#core/topic-reader'
import { newWire } from '#core/wire'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'

interface Telling {
  readonly platform: Readonly<Record<string, string | undefined>>
  readonly coreUrl: string
  /** Pay as a browser would once the link is there. */
  readonly isPaid: boolean
  readonly signal: AbortSignal
}

/** How the story stands. */
export interface ToldStory {
  readonly application: string
  /** The Core's status of the application once it was told, e.g. 2000; undefined where nobody paid. */
  readonly applicationStatus: number | undefined
  readonly payment: Payment
  close(): Promise<void>
}

const storyMsMax = 60_000

/** Publishes one application as an upstream system would and prints what becomes of it, as it happens. */
export async function tellStory(telling: Telling): Promise<ToldStory> {
  const { kafka, wire: wireSettings } = platformSettings(telling.platform)
  const wire = newWire(wireSettings)
  await wire.prepareWrite([topics.applications])
  const application = demoApplication(telling.coreUrl)
  await registerAtCore(telling.coreUrl, application.id)

  const offsets = await openOffsetSource(kafka)
  const beginnings = await offsets.ends(await storyPartitions(offsets))
  await offsets.close()
  const events: StoryEvent[] = []
  const reader = await openStory(kafka, wire, {
    story: new Story(application.id),
    beginnings,
    onEvent: (event) => {
      events.push(event)
      print(storyLine(event, events[0]?.timestamp ?? event.timestamp))
    },
  })
  const publisher = await openPublisher(kafka, wire, application.app_id)
  await publisher.pass(topics.applications, application).finally(() => publisher.close())

  const until = (is: (payment: Payment) => boolean) => seen(events, is, telling.signal)
  const opened = await until(({ status }) => status !== 'CREATION_PENDING')
  const payLink = opened.links.online_payment_begin.url
  if (payLink === null) throw new Error(`the payment is ${opened.status} and cannot be paid`)
  print(`pay here: ${payLink}`)
  const close = () => reader.close()
  if (!telling.isPaid) {
    return { application: application.id, applicationStatus: undefined, payment: opened, close }
  }
  await payLikeABrowser(payLink)
  const payment = await until(
    ({ status, links }) =>
      status === 'COMPLETE' && (links.notify?.every(({ sent_at }) => sent_at !== null) ?? true),
  )
  const applicationStatus = await statusAtCore(telling.coreUrl, application.id)
  return { application: application.id, applicationStatus, payment, close }
}

async function seen(
  events: readonly StoryEvent[],
  is: (payment: Payment) => boolean,
  signal: AbortSignal,
): Promise<Payment> {
  const deadline = performance.now() + storyMsMax
  for (;;) {
    const found = events.find(({ payment }) => payment && is(payment))?.payment
    if (found) return found
    if (performance.now() > deadline) {
      throw new Error(
        `the story does not go on: look at the apps' logs and at /status of the worker`,
      )
    }
    await sleep(20, undefined, { signal })
  }
}

// The sandbox plays the Core: an application exists there before it is published.
async function registerAtCore(coreUrl: string, id: string): Promise<void> {
  const response = await fetch(`${coreUrl}/sandbox/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
    signal: AbortSignal.timeout(10_000),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the sandbox of the Core answered ${response.status}`)
}

async function statusAtCore(coreUrl: string, id: string): Promise<number> {
  const response = await fetch(`${coreUrl}/sandbox/applications/${id}`, {
    signal: AbortSignal.timeout(10_000),
  })
  const { status } = (await response.json()) as { status: string }
  return Number(status)
}
