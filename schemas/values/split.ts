import { allocate } from '#schemas/values/cents'
import { InvalidValueError } from '#schemas/values/invalid-value'

const weightSum = 100

/**
 * The shares of an amount above zero, all in cents, so that they add up to it. A single share that
 * is null takes what the others leave; shares that add up to 1.00 are weights. Throws
 * InvalidValueError: several nulls, nothing left for one, a share below zero, another sum.
 */
export function splitCents(amount: number, shares: readonly (number | null)[]): readonly number[] {
  const told = shares.filter((share) => share !== null)
  if (told.some((share) => share < 0)) throw new InvalidValueError('has a share below zero')
  const sum = told.reduce((total, share) => total + share, 0)
  if (told.length < shares.length) {
    if (told.length < shares.length - 1) throw new InvalidValueError('has several unknown shares')
    if (sum >= amount) throw new InvalidValueError('leaves nothing for its unknown share')
    return shares.map((share) => share ?? amount - sum)
  }
  if (sum === amount || told.length === 0) return told
  if (sum === weightSum) return allocate(amount, told)
  throw new InvalidValueError('adds up neither to the amount nor to 1.00')
}
