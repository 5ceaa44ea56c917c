import { randomUUID } from 'node:crypto'
import { fingerprintOf } from '#apps/debit-edge/asking/fingerprint'
import type { OpenRequest } from '#apps/debit-edge/asking/journal'
import { stamped } from '#core/envelope'
import { appVersion } from '#core/version'
import type { DebitRequest } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { debits } from '#schemas/topics'

type DistributiveOmit<Value, Members extends PropertyKey> = Value extends unknown
  ? Omit<Value, Members>
  : never

/** What an account is asked for, before somebody waits for the answer. */
export type Wanted = DistributiveOmit<Unstamped<DebitRequest>, 'deadline_at'>

/** Everything of it but the fingerprint, which follows. */
export type Terms = DistributiveOmit<Wanted, 'fingerprint'>

/** With the fingerprint of what it asks for. */
export const wantedOf = (terms: Terms): Wanted => ({ ...terms, fingerprint: fingerprintOf(terms) })

/** The event of a request, to be taken until `deadline_at`, milliseconds since the epoch; 0 where nobody waits. */
export function eventOf(wanted: Wanted, deadline_at: number): DebitRequest {
  const stamp = {
    eventId: randomUUID(),
    createdAt: new Date(),
    appId: `debit-edge:${appVersion}`,
  }
  return stamped(debits, { ...wanted, deadline_at }, stamp) as DebitRequest
}

const undoable: readonly DebitRequest['type'][] = ['Debit', 'Authorise', 'Increment', 'Post']

/** Whether it is undone where its answer comes too late; of others their id tells, asked again, what became of them. */
export const isUndoable = (type: DebitRequest['type']): boolean => undoable.includes(type)

// No caller's id has a slash.
const latePrefix = 'late/'

/** Ids of requests that undo a try, by its event. */
export const lateIdOf = {
  write: (eventId: string): string => latePrefix + eventId,
  /** The event; undefined of another id. */
  read: (requestId: string): string | undefined =>
    requestId.startsWith(latePrefix) ? requestId.slice(latePrefix.length) : undefined,
} as const

/**
 * Undoes a request whose answer comes too late; undefined where that cannot be. Each try of a request has one of its own,
 * whoever finds out that it was late, and when.
 */
export function givingBack(request: OpenRequest): Wanted | undefined {
  const { event_id, type, account_id, request_id, requested_at, deadline_at } = request
  if (!isUndoable(type)) return undefined
  return wantedOf({
    type: 'Reverse',
    account_id,
    request_id: lateIdOf.write(event_id),
    requested_at: deadline_at,
    reverse: {
      original_id: request_id,
      original_requested_at: requested_at,
      amount: null,
      currency: null,
      late_event_id: event_id,
    },
  })
}
