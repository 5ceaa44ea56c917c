import { z } from 'zod'
import { parsed } from '#apps/platform/settings'
import type { DebitSettings } from '#streams/debits/known'

const hourMs = 3_600_000

/** What an installation chooses of debits: of the worker, and of whoever decides again what it decided. */
export const debitEnvironment = {
  DEBITS_ID_WINDOW_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  DEBITS_HOLD_DAYS: z.coerce.number().int().min(1).max(30).default(7),
  DEBITS_OVER_POST_PERCENT: z.coerce.number().int().min(0).max(100).default(15),
}

const DebitEnvironment = z.object(debitEnvironment)

/** The environment, parsed, as the rules of debits take it. */
export const debitSettingsOf = (given: z.infer<typeof DebitEnvironment>): DebitSettings => ({
  idWindowMs: hourMs * given.DEBITS_ID_WINDOW_HOURS,
  holdMs: 24 * hourMs * given.DEBITS_HOLD_DAYS,
  overPostPercent: given.DEBITS_OVER_POST_PERCENT,
})

/** The same of an environment; throws SettingsError. */
export const debitSettings = (env: Readonly<Record<string, string | undefined>>): DebitSettings =>
  debitSettingsOf(parsed(DebitEnvironment, env))
