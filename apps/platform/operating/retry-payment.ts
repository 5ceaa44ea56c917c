import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import { readStory } from '#apps/platform/inspection/read-story'
import { factsFrom } from '#apps/platform/operating/facts-from'
import { begunOperation, prepareOperation } from '#apps/platform/operating/operation'
import type { Operator } from '#apps/platform/operating/operator'
import {
  type RetryAnswer,
  retryAnswerIn,
  whyNotRetried,
} from '#apps/platform/operating/retry-answer'
import { openAtomicWriter } from '#core/atomic-writer'
import { stamped } from '#core/envelope'
import type { OutputRecord, Position } from '#core/records'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'
import { paymentFacts } from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'

/** A payment that is to be created again. */
export interface Retrying {
  readonly paymentId: string
  readonly operator: Operator
  readonly reason: string | null
}

/** What came of it; `undecided`: it was asked for, and nobody has answered in 30 s. */
export type Retried = RetryAnswer | { readonly undecided: true }

const answerMsMax = 30_000
const pauseMs = 500

/**
 * Asks that a failed creation is made again, and waits for the answer. What was answered before is answered again, and
 * asked of nobody. Throws where a topic is missing or Kafka is away.
 */
export async function retryPayment(log: LogAccess, retrying: Retrying): Promise<Retried> {
  const { paymentId } = retrying
  const before = await readStory(log, { id: paymentId })
  const known = retryAnswerIn(before, paymentId)
  if (known) return known
  const reason = whyNotRetried(before, paymentId)
  if (reason !== undefined) return { refused: reason }
  const asked = await ask(log, retrying)
  const deadline = performance.now() + answerMsMax
  while (performance.now() < deadline) {
    const answer = retryAnswerIn(await factsFrom(log, asked, paymentId), paymentId)
    if (answer) return answer
    await sleep(pauseMs)
  }
  return { undecided: true }
}

/** Writes the request; answers from where its answer is to be looked for. */
async function ask(log: LogAccess, retrying: Retrying): Promise<readonly Position[]> {
  const { kafka, wire, offsets } = log
  await prepareOperation(log, [paymentFacts])
  const from = await offsets.ends(await existingPartitionsIn(log, paymentFacts.name))
  // Two who ask for the same payment fence each other: the one who came later asks.
  const writer = await openAtomicWriter(kafka, `corrente-retry-${retrying.paymentId}`)
  try {
    await writer.write(retryRequest(wire, retrying))
  } finally {
    await writer.close()
  }
  return from
}

/** The fact that asks for it, and what is kept of the operation. */
export function retryRequest(
  wire: Wire,
  { paymentId, operator, reason }: Retrying,
): readonly OutputRecord[] {
  const now = new Date()
  const occurred_at = formatDateTime(now)
  const fact = { payment_id: paymentId, occurred_at, type: 'RetryRequested' as const }
  const stamp = { eventId: randomUUID(), createdAt: now, appId: `corrente:${appVersion}` }
  const value = wire.encode(paymentFacts, stamped(paymentFacts, fact, stamp))
  const told = { operator, reason, unit: null, selection: `payment ${paymentId}` }
  const headers = { 'correlation-id': paymentId }
  return [
    { topic: paymentFacts.name, partition: null, key: paymentId, value, headers },
    begunOperation(wire, { action: 'retry', ...told })([paymentId]),
  ]
}
