import { RejectedError } from '#core/errors'
import type { PaymentDataSplit } from '#schemas/generated/types'
import { allocate } from '#schemas/values/cents'

const weightSum = 100

/**
 * The shares of an amount in cents. Shares that add up to 1.00 are weights and become amounts, so that those
 * behind read sums only; a list with an unknown share is the configuration's to complete and stays as it is.
 * Throws RejectedError('split-does-not-add-up'), also for a share below zero.
 */
export function splitShares<Share extends PaymentDataSplit>(
  split: readonly Share[],
  amount: number,
): readonly Share[] {
  const shares = split.flatMap((share) => (share.amount === null ? [] : [share.amount]))
  if (shares.some((share) => share < 0)) throw unequal('a share is below zero')
  if (split.length === 0 || shares.length < split.length) return split
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum === amount) return split
  if (sum !== weightSum) throw unequal('the shares add up neither to the amount nor to 1.00')
  const amounts = allocate(amount, shares)
  return split.map((share, i) => ({ ...share, amount: amounts[i] as number }))
}

const unequal = (message: string) => new RejectedError('split-does-not-add-up', message)
