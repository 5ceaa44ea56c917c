import { whole } from '#tests/soak/engine/arguments'

/** What the fault run of debits is told. */
export interface DebitsSize {
  /** How long requests come; what is done on purpose may take longer. */
  readonly minutes: number
  /** New requests per second; tries again and repeats come on top. */
  readonly perSecond: number
  /** Of what is random. */
  readonly seed: number
}

export const debitsMinutes = 10
export const debitsPerSecond = 200

/** Reads `SOAK_DEBITS_*` and `SOAK_SEED`. Throws a sentence for what it cannot use. */
export const debitsSize = (env: Readonly<Record<string, string | undefined>>): DebitsSize => ({
  minutes: whole('SOAK_DEBITS_MINUTES', env['SOAK_DEBITS_MINUTES'], debitsMinutes, 1),
  perSecond: whole('SOAK_DEBITS_PER_SECOND', env['SOAK_DEBITS_PER_SECOND'], debitsPerSecond, 1),
  seed: whole('SOAK_SEED', env['SOAK_SEED'], Date.now() % 1_000_000, 0),
})
