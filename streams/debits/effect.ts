import type { CardAccount, KeptAccount, KeptHold, KeptRequest } from '#schemas/generated/types'
import type { Reason } from '#streams/debits/reasons'

/** What a request does: the reason of its decision, and what becomes of what is kept. Amounts in minor units. */
export interface Effect {
  readonly reason: Reason
  /** How much was taken, held, released, credited or given back. */
  readonly amount: number
  /** What is added to what is booked; below zero where money leaves. */
  readonly booked: number
  /** What is added to what is held; below zero where some is released. */
  readonly held: number
  /** The account, where more than its counters changes. */
  readonly account?: KeptAccount | undefined
  /** The hold as it is now; null where its row goes. */
  readonly hold?: KeptHold | null | undefined
  /** The request that was undone, as it is now. */
  readonly original?: KeptRequest | undefined
  /** A card that now draws on an account other than its own. */
  readonly card?: CardAccount | undefined
  /** When the hold ends. */
  readonly wakeAtMs?: number | undefined
}

/** Approved, and nothing is moved. */
export const nothing: Effect = { reason: 'approved', amount: 0, booked: 0, held: 0 }

/** Not approved: nothing changes. */
export const refused = (reason: Reason): Effect => ({ reason, amount: 0, booked: 0, held: 0 })
