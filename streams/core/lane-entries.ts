import type { Call } from '#core/call'
import type { CallLimits } from '#core/call-limits'
import type { Circuits } from '#core/circuits'
import type { TransientError } from '#core/errors'
import { failed, type Outcome, type Surroundings } from '#core/handle-record'
import type { Item } from '#core/item'
import type { InputRecord } from '#core/records'
import type { PartyLines } from '#core/party-lines'
import type { Task } from '#core/processor'
import { isExhausted, type RetryPolicy } from '#core/retry'
import type { ParkedRecord } from '#schemas/generated/types'

/**
 * What became of a record. `done`: it has an outcome, and its parked row, if it had one, goes. `parked`: it gives up
 * its place and waits in the row. `postponed`: it was tried again in vain, the row says when it is due. `released`: it
 * was an operator's word; the head that it made due has this row, none where nothing of its key waited for the clock.
 */
export type Settled =
  | {
      readonly kind: 'done'
      readonly item: Item
      readonly outcome: Outcome
      readonly place?: string
      /** None where it could not be said. */
      readonly orderKey?: string | undefined
    }
  | { readonly kind: 'parked' | 'postponed'; readonly item: Item; readonly row: ParkedRecord }
  | { readonly kind: 'released'; readonly item: Item; readonly row: ParkedRecord | undefined }

/** A record in its lane. */
export interface Entry {
  readonly item: Item
  state: 'waiting' | 'running' | 'finished' | 'parked'
  orderKey?: string
  party?: string | null
  call?: Call
  firstTriedMs?: number
  /** No row can hold it: it keeps its place until it is done. */
  readonly isTooLarge: boolean
  outcome?: Outcome
  /** Set where its tries did not pass. */
  wait?: { readonly attempts: number; readonly reason: string; readonly dueMs: number }
}

/** Whether it still holds back those behind it. */
export const isUnreleased = ({ state }: Entry): boolean =>
  state === 'waiting' || state === 'running'

/** It has an outcome, and is handed over once those before it are. */
export function finish(entry: Entry, outcome: Outcome): void {
  entry.outcome = outcome
  entry.state = 'finished'
}

/** Finds whose record it is. What cannot be said is a bug of the task, and the record's end. */
export function name(entry: Entry, { task, lines }: Pick<LaneOptions, 'task' | 'lines'>): void {
  if (entry.orderKey !== undefined) return
  const { value, outcome } = entry.item
  if (outcome) return finish(entry, outcome)
  try {
    const orderKey = task.orderBy(value)
    entry.party = task.partyOf?.(value) ?? null
    entry.orderKey = orderKey
    lines.met(entry.party)
  } catch (error) {
    finish(entry, failed(error, 0))
  }
}

/** What the last try met, where the policy allows no further one. */
export const usedUp = (
  { wait, firstTriedMs }: Entry,
  policy: RetryPolicy,
  nowMs: number,
): string | undefined =>
  wait && isExhausted(policy, wait.attempts, nowMs - (firstTriedMs ?? nowMs))
    ? wait.reason
    : undefined

/** Parked records as the unit's state holds them. */
export interface ParkedRows {
  get(place: string): ParkedRecord | undefined
  all(): Iterable<ParkedRecord>
  /** Whether a row can hold the record: Kafka takes no larger one. */
  fits(record: InputRecord): boolean
  /** The record of a row, decoded. */
  itemOf(row: ParkedRecord): Item
}

/** What a lane is given; all lanes of a unit share its limits, circuits and lines. */
export interface LaneOptions {
  readonly task: Task
  readonly limits: CallLimits
  readonly circuits: Circuits
  readonly lines: PartyLines
  /** The partition's rows of parked records, those in this transaction included. */
  readonly rows: ParkedRows
  readonly surroundings: (record: InputRecord) => Surroundings
  /** A try that did not pass: why, and how often it was tried. */
  readonly onTransient: (record: InputRecord, error: TransientError, attempt: number) => void
  /** A record that no row can hold waits in its place, and its partition with it: why. */
  readonly onHeld: (record: InputRecord, reason: string) => void
  /** A call ended: there may be something to collect. */
  readonly onEnded: () => void
  /** A call that takes longer lets the records behind it pass, milliseconds; one that is tried again, after a tenth. */
  readonly overtakenMs?: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}
