import { randomUUID } from 'node:crypto'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { openPublisher } from '#core/publisher'
import { type RunningUnits, runUnits } from '#core/run-units'
import { newWire, type WireSettings } from '#core/wire'
import { codecOf } from '#schemas/codec'
import type { DebitRequest } from '#schemas/generated/types'
import { debits } from '#schemas/topics'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import { usualSettings } from '#streams/debits/known'
import { Walk } from '#streams/debits/walk-samples'

interface Platform {
  readonly kafka: { readonly brokers: string }
  readonly wire: WireSettings
}

/** Requests of every kind, made now, on four accounts of each walk; some holds end after a moment. */
export function* mixedRequests(seeds: readonly number[], perWalk: number): Generator<DebitRequest> {
  const walks = seeds.map((seed) => ({ seed, walk: new Walk(seed), events: newEvents() }))
  for (let n = 0; n < perWalk; n++) {
    for (const { walk, ...given } of walks) {
      const request = madeNow(walk.next()[0], given, n)
      if (isWritable(request)) yield request
    }
  }
}

// Half a cent and 2^53 are amounts that no edge can write.
function isWritable(request: DebitRequest): boolean {
  try {
    return codec.encode(request).length > 0
  } catch {
    return false
  }
}

const codec = codecOf('corrente.debits.DebitRequest')

const holdMs = 1_500

/** The events of a walk, which has the same ones in all walks, as events of their own. */
function newEvents(): (eventId: string) => string {
  const made = new Map<string, string>()
  return (eventId) => {
    const known = made.get(eventId) ?? randomUUID()
    made.set(eventId, known)
    return known
  }
}

interface Walked {
  readonly seed: number
  readonly events: (eventId: string) => string
}

function madeNow(request: DebitRequest, { seed, events }: Walked, n: number): DebitRequest {
  const nowMs = Date.now()
  const event_id = events(request.event_id)
  const account_id = `${request.account_id}-${seed}`
  const deadline_at = request.deadline_at === 0 ? 0 : nowMs - 1
  const members = { ...request, event_id, account_id, requested_at: nowMs, deadline_at }
  if (members.type === 'Reverse') {
    const { late_event_id } = members.reverse
    const late = late_event_id === null ? null : events(late_event_id)
    const reverse = { ...members.reverse, original_requested_at: nowMs, late_event_id: late }
    return { ...members, reverse }
  }
  if (members.type === 'Authorise' && n % 5 === 0) {
    return { ...members, authorise: { ...members.authorise, expires_at: nowMs + holdMs } }
  }
  return members
}

/** Writes requests as the edge does. */
export async function writeRequests(
  { kafka, wire: settings }: Platform,
  requests: Iterable<DebitRequest>,
): Promise<void> {
  const wire = newWire(settings)
  await wire.prepareWrite([debits])
  const publisher = await openPublisher(kafka, wire, 'test:1', { lingerMs: 5 })
  let pending: Promise<unknown>[] = []
  for (const request of requests) {
    pending.push(publisher.pass(debits, request))
    if (pending.length < 1_000) continue
    await Promise.all(pending)
    pending = []
  }
  await Promise.all(pending)
  await publisher.close()
}

/** The authoriser alone, as a worker runs it. */
export const runAuthoriser = ({ kafka, wire }: Platform): Promise<RunningUnits> =>
  runUnits({
    units: [debitAuthoriserWith(usualSettings)],
    kafka,
    wire,
    slot: '0',
    from: 'earliest',
    metrics: newMetrics(),
    log: newLog('authoriser', 'error'),
    appVersion: '0.1.0',
    state: 'memory',
  })
