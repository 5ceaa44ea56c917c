import type { Account, Party } from '#tests/soak/outage/account'

/** A process that was killed with -9. */
export interface Kill {
  readonly what: 'worker' | 'payment proxy' | 'poller'
  /** Epoch milliseconds. */
  readonly atMs: number
}

/** What the parties' own account says. */
export interface PartyAccount {
  readonly debt_positions: number
  readonly creation_requests: number
  /** Debt positions of single payments, by iud. */
  readonly sampled: readonly number[]
}

/** When the phases of a run began, epoch milliseconds. */
export interface Marks {
  /** Applications for both, which answer, after a while to warm up. */
  readonly beforeMs: number
  readonly awayMs: number
  readonly returnedMs: number
  /** All that were asked for before the return can be paid. */
  readonly caughtUpMs: number
}

/** What is promised, as numbers. */
export interface Bounds {
  /** The other's latency during the outage by that before it. */
  readonly ratioMax: { readonly p50: number; readonly p99: number }
  /** How many of its body, asked for later, are created before a payment that only waited. */
  readonly overtakenMax: number
  /** Around each kill of the worker the other's latency is counted apart, milliseconds. */
  readonly marginMs: number
}

export interface Run {
  readonly account: Pick<Account, 'asked' | 'payments' | 'deadLetters' | 'checkedAtMs'>
  readonly parties: Readonly<Record<Party, PartyAccount>>
  readonly marks: Marks
  readonly kills: readonly Kill[]
  readonly bounds: Bounds
}
