import type { Outcome } from '#core/handle-record'
import type { InputRecord, Position } from '#core/records'

/** A record as a unit read it. */
export interface Item {
  /** As it was first read: one that was parked or sent back keeps its place, and so its ids. */
  readonly record: InputRecord
  /** Undefined where it could not be read. */
  readonly value: unknown
  /** Set where the unit is not asked: discarded, unreadable. */
  readonly outcome?: Outcome | undefined
  /** Set where it is no record but an operator's word: the order key whose parked records are due now. */
  readonly releases?: string | undefined
  /** Where the unit goes on behind it; absent where it left its place long ago. */
  readonly behind?: Position | undefined
}
