import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { payLikeABrowser } from '#apps/corrente/payer'
import { runCommand } from '#tests/command'
import { isTold, openScene, type Scene, type Version } from '#tests/scene'
import { platformOf } from '#tests/stack'
import { openReceiver, type ReceivedSpan } from '#tests/trace-receiver'

const traceId = randomBytes(16).toString('hex')
const callerSpan = randomBytes(8).toString('hex')
const kindNames = ['', 'internal', 'server', 'client', 'producer', 'consumer']

let scene: Scene
let close = async (): Promise<void> => undefined
let receiver: Awaited<ReturnType<typeof openReceiver>>
let told: Version
beforeAll(async () => {
  const stack = inject('stack')
  Object.assign(process.env, platformOf(stack))
  receiver = await openReceiver(stack)
  ;({ scene, close } = await openScene(stack))
  const application = scene.application()
  await publish(application, { traceparent: `00-${traceId}-${callerSpan}-01` })
  const open = await scene.reached(application.id, 'PAYMENT_PENDING')
  await payLikeABrowser(open.value.links['online_payment_begin']?.url ?? '')
  told = await scene.seen(application.id, 'a version that was told', isTold)
})
afterAll(async () => {
  await close()
  await receiver.close()
})

/** Somebody whose system is traced tells of an application over HTTP. */
async function publish(application: ReturnType<Scene['application']>, trace: object) {
  await scene.core.register(application.id)
  const response = await fetch(`${scene.addresses.ingest}/applications`, {
    method: 'POST',
    headers: {
      ...trace,
      'content-type': 'application/json',
      authorization: `Bearer ${scene.secrets.ingestToken}`,
    },
    body: JSON.stringify(application),
  })
  expect(response.status).toBe(202)
}

/** Waits for the whole trace: spans come in batches, and from three processes. */
const wholeTrace = async (): Promise<readonly ReceivedSpan[]> => {
  const isWhole = (spans: readonly ReceivedSpan[]) =>
    missingParents(spans).length === 0 && storyOf(spans).length >= 6 && hasSent(spans)
  await expect.poll(() => isWhole(receiver.spansOf(traceId)), { timeout: 20_000 }).toBe(true)
  return receiver.spansOf(traceId)
}
const hasSent = (spans: readonly ReceivedSpan[]) =>
  spans.filter(({ name }) => name === 'send payment.facts').length >= 3

const missingParents = (spans: readonly ReceivedSpan[]) => {
  const known = new Set([callerSpan, ...spans.map(({ spanId }) => spanId)])
  return spans.filter(({ parentSpanId }) => !known.has(parentSpanId))
}

/** From the caller to the call of the intermediary, each caused by the one before. */
function storyOf(spans: readonly ReceivedSpan[]): readonly string[] {
  const isCall = ({ kind, parentSpanId }: ReceivedSpan) =>
    kindNames[kind] === 'client' &&
    spans.some(({ spanId, name }) => spanId === parentSpanId && name.includes('payment.openings'))
  const story: string[] = []
  let at = spans.find((span) => isCall(span) && span.name.startsWith('P'))
  while (at) {
    story.unshift(`${at.service}: ${at.name} (${kindNames[at.kind]})`)
    const { parentSpanId } = at
    at = spans.find(({ spanId }) => spanId === parentSpanId)
  }
  return story
}

describe('the trace of an application', () => {
  it('goes from whoever told of it over topics and apps to the call of the intermediary', async () => {
    expect(storyOf(await wholeTrace())).toEqual([
      'corrente-ingest: POST /:topic (server)',
      'corrente-ingest: send applications (producer)',
      'corrente-worker: process applications (consumer)',
      'corrente-worker: process payments (consumer)',
      'corrente-worker: process payment.openings (consumer)',
      expect.stringMatching(/^corrente-worker: P(OS|U)T 127\.0\.0\.1 \(client\)$/) as string,
    ])
  })

  it('is one tree: each span was caused by another of it, the first by the caller', async () => {
    const spans = await wholeTrace()
    expect(missingParents(spans)).toEqual([])
    const caused = spans.filter(({ parentSpanId }) => parentSpanId === callerSpan)
    expect(caused.map(({ name }) => name)).toEqual(['POST /:topic'])
  })

  it('has what is told of the payment later, by the proxy, and that it is complete', async () => {
    const spans = await wholeTrace()
    const namesOf = (service: string) =>
      new Set(spans.filter((span) => span.service === service).map(({ name }) => name))
    expect(namesOf('corrente-payment-proxy')).toEqual(new Set(['send payment.facts']))
    expect(namesOf('corrente-worker')).toContain('process payment.facts')
    expect(namesOf('corrente-worker')).toContain('commit payment.facts')
    expect(told.value.status).toBe('COMPLETE')
    expect(told.headers['traceparent']).toContain(`00-${traceId}-`)
  })

  it('tells of no person and no payment', async () => {
    const text = JSON.stringify(await wholeTrace())
    expect(text).toContain('payment-dispatcher')
    for (const id of [told.value.id, told.value.remote_id, told.value.id.replaceAll('-', '')]) {
      expect(text).not.toContain(id)
    }
  })

  it('is named by the story of the payment', async () => {
    const { out } = await runCommand(['payment', 'show', told.value.id])
    expect(out).toContain(`recorded in trace ${traceId}\n`)
  })
})
