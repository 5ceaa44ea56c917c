import type {
  DebitRequest,
  DebitRequestType,
  KeptAccount,
  KeptHold,
  KeptRequest,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'

/** A request as it is decided: who wrote it when does not matter. */
export type Request = Unstamped<DebitRequest>
export type RequestOf<Type extends DebitRequestType> = Extract<Request, { readonly type: Type }>

/** What is kept of an account, as far as one request needs it. */
export interface Known {
  readonly account: KeptAccount | undefined
  /** Under the id of the request. */
  readonly request: KeptRequest | undefined
  /** That the request names, is the original of, or, an authorisation, would have under its own id. */
  readonly hold: KeptHold | undefined
  /** Under the id of the request that a reversal undoes. */
  readonly original: KeptRequest | undefined
}

/** What an installation may choose. */
export interface DebitSettings {
  /** How long after it was made a request is taken, and its id surely known, milliseconds. */
  readonly idWindowMs: number
  /** How long an authorisation holds that does not say how long, milliseconds. */
  readonly holdMs: number
  /** How much more than was authorised may be posted, whole percent of it. */
  readonly overPostPercent: number
}

/** What one has that chooses nothing. */
export const usualSettings: DebitSettings = {
  idWindowMs: 72 * 3_600_000,
  holdMs: 7 * 24 * 3_600_000,
  overPostPercent: 15,
}

/** Where and when the log has the request, and as which event: all the clock and chance there is. */
export interface Moment {
  readonly eventId: string
  readonly nowMs: number
  readonly partition: number
  readonly offset: number
  readonly settings: DebitSettings
}

/** How far the clocks of who asks, of us, and of two brokers may differ, milliseconds. */
export const clockSkewMsMax = 300_000
