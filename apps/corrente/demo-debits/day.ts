import type { EdgeClient } from '#apps/corrente/demo-debits/edge-client'
import type { Seconds } from '#apps/corrente/demo-debits/second'
import type { Tally } from '#apps/corrente/demo-debits/tally'

/** An account of the day, and the cards that draw on it. */
export interface Holder {
  readonly account: string
  readonly cards: readonly [string, ...string[]]
  readonly blockedCard?: string | undefined
}

/** How many of the day's requests came how far. */
export interface DayCounts {
  /** Each once, however often it was asked; with repeats. */
  requests: number
  answered: number
  approved: number
  /** Answered the same, byte for byte. */
  repeats: number
  /** Every answer there was, those that settled nothing included. */
  answers: number
}

/** What all that happens in a day have in common. */
export interface Day {
  readonly client: EdgeClient
  readonly holders: readonly Holder[]
  readonly tally: Tally
  readonly seconds: Seconds
  readonly counts: DayCounts
  /** Answers that may not be, as sentences. */
  readonly mistakes: string[]
  /** What all ids of the day begin with. */
  readonly run: string
  /** A card that draws on no account. */
  readonly unknownCard: string
  readonly deadlineMs: number
  readonly signal: AbortSignal
}
