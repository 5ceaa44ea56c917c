import type { DebitDecision } from '#schemas/generated/types'
import { codes, isApproved, type Reason } from '#streams/debits/reasons'

/** Types that do exactly what was asked for, or, where the request allows it, a part. */
const exact: ReadonlySet<string> = new Set([
  'OpenAccount',
  'Credit',
  'Refund',
  'Debit',
  'Authorise',
  'Increment',
  'Post',
])

/** What is wrong with reason, code and amounts of a decision; undefined where nothing is. */
export function reasonProblem({
  type,
  code,
  reason,
  asked,
  amount,
}: DebitDecision): string | undefined {
  if (codes[reason as Reason] !== code) return `code ${code} for the reason ${reason}`
  if (!Number.isSafeInteger(amount) || amount < 0) return `an amount of ${amount}`
  const told = `${reason}: ${amount} of ${asked} that was asked for`
  if (!isApproved(code)) return amount === 0 ? undefined : told
  if (reason === 'partially-approved') return amount > 0 && amount < asked ? undefined : told
  const isAll = amount === asked
  if (exact.has(type)) return isAll ? undefined : told
  // A reversal of what no longer stands is approved, and does nothing.
  return asked === 0 || isAll || amount === 0 ? undefined : told
}
