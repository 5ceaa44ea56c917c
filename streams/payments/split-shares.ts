import { RejectedError } from '#core/errors'
import type { PaymentDataSplit } from '#schemas/generated/types'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { splitCents } from '#schemas/values/split'

/**
 * The shares of an amount in cents, each of them known, so that those behind read sums only; see splitCents.
 * Throws RejectedError('split-does-not-add-up').
 */
export function splitShares<Share extends PaymentDataSplit>(
  split: readonly Share[],
  amount: number,
): readonly Share[] {
  try {
    const cents = splitCents(
      amount,
      split.map((share) => share.amount),
    )
    return split.map((share, i) => ({ ...share, amount: cents[i] as number }))
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('split-does-not-add-up', `the split ${error.reason}`)
  }
}
