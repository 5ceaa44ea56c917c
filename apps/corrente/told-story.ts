import { setTimeout as sleep } from 'node:timers/promises'
import { print } from '#apps/corrente/command'
import { demoApplication } from '#apps/corrente/demo-application'
import { payLikeABrowser } from '#apps/corrente/payer'
import {
  openStory,
  Story,
  type StoryEvent,
  storyLine,
  storyPartitions,
} from '#apps/platform/inspection/story'
import { platformSettings } from '#apps/platform/settings'
import type { KafkaSettings } from '#core/kafka'
import { openPublisher } from '#core/publisher'
import type { Position } from '#core/records'
import { openOffsetSource } from '#core/offset-source'
import { newWire } from '#core/wire'
import type { Application, Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'

interface Telling {
  readonly platform: Readonly<Record<string, string | undefined>>
  readonly coreUrl: string
  /** Whose payment it is; the fictional body's digital service. */
  readonly service_id: string
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

/**
 * Publishes one application as an upstream system would and prints what becomes of it, as it happens. Throws where
 * the story does not go on and at an abort; nothing is left open then, and nothing is published after an abort.
 */
export async function tellStory(telling: Telling): Promise<ToldStory> {
  const { platform, coreUrl, service_id, signal } = telling
  const { kafka, wire: wireSettings } = platformSettings(platform)
  const wire = newWire(wireSettings)
  await wire.prepareWrite([topics.applications])
  const application = demoApplication(coreUrl, undefined, service_id)
  signal.throwIfAborted()
  await registerAtCore(coreUrl, application.id)

  const events: StoryEvent[] = []
  const reader = await openStory(kafka, wire, {
    story: new Story(application.id),
    beginnings: await storyEnds(kafka),
    onEvent: (event) => {
      events.push(event)
      print(storyLine(event, events[0]?.timestamp ?? event.timestamp))
    },
  })
  const close = () => reader.close()
  try {
    const publisher = await openPublisher(kafka, wire, application.app_id)
    try {
      signal.throwIfAborted()
      await publisher.pass(topics.applications, application)
    } finally {
      await publisher.close()
    }
    return { application: application.id, ...(await followed(telling, application, events)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Waits for the pay link and, where it is paid, for the end of the story. */
async function followed(
  { coreUrl, isPaid, signal }: Telling,
  { id }: Application,
  events: readonly StoryEvent[],
): Promise<Pick<ToldStory, 'payment' | 'applicationStatus'>> {
  const opened = await seen(events, ({ status }) => status !== 'CREATION_PENDING', signal)
  const payLink = opened.links.online_payment_begin.url
  if (payLink === null) throw new Error(`the payment is ${opened.status} and cannot be paid`)
  print(`pay here: ${payLink}`)
  if (!isPaid) return { payment: opened, applicationStatus: undefined }
  await payLikeABrowser(payLink)
  const isTold = ({ status, links }: Payment) =>
    status === 'COMPLETE' && (links.notify?.every(({ sent_at }) => sent_at !== null) ?? true)
  const payment = await seen(events, isTold, signal)
  return { payment, applicationStatus: await statusAtCore(coreUrl, id) }
}

async function storyEnds(kafka: KafkaSettings): Promise<Position[]> {
  const offsets = await openOffsetSource(kafka)
  try {
    return await offsets.ends(await storyPartitions(offsets))
  } finally {
    await offsets.close()
  }
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
