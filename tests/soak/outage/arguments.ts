import { whole } from '#tests/soak/engine/arguments'

/** What the outage is told. */
export interface OutageSize {
  /** Applications for the party that is away, published before it returns; as many are for the other. */
  readonly payments: number
  /** The pace of each of the two. */
  readonly perSecond: number
  /** Of what is random. */
  readonly seed: number
}

export const outagePayments = 10_000
export const outagePerSecond = 10

/** Reads `SOAK_OUTAGE_*` and `SOAK_SEED`. Throws a sentence for what it cannot use. */
export const outageSize = (env: Readonly<Record<string, string | undefined>>): OutageSize => ({
  payments: whole('SOAK_OUTAGE_PAYMENTS', env['SOAK_OUTAGE_PAYMENTS'], outagePayments, 50),
  perSecond: whole('SOAK_OUTAGE_PER_SECOND', env['SOAK_OUTAGE_PER_SECOND'], outagePerSecond, 1),
  seed: whole('SOAK_SEED', env['SOAK_SEED'], Date.now() % 1_000_000, 0),
})
