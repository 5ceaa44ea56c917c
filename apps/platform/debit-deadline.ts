import { z } from 'zod'

/** Callers are answered within 3 s: what is left is for the way, and for those that are answered at the same moment. */
const msUsual = 2_800

/** `DEBITS_DEADLINE_MS`: how long a decision is waited for at the edge of debits, milliseconds. */
export const DebitDeadline = z.coerce
  .number('is no number')
  .int()
  .min(50)
  .max(60_000)
  .default(msUsual)
