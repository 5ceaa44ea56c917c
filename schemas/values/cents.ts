import { InvalidValueError, kindOf } from '#schemas/values/invalid-value'

const centsMax = 999_999_999_999
const plainNumber = /^(-?)(\d+)(?:([.,])(\d+))?$/

/**
 * Integer cents of an amount in euros: a JSON number, or text with a point or a comma. Works on the
 * decimal text, rounding half away from zero; no float arithmetic. Throws InvalidValueError:
 * exponents, grouping, more than 12 digits, and a comma before more than two digits, which may be a
 * thousands separator.
 */
export function parseCents(input: unknown): number {
  if (typeof input !== 'number' && typeof input !== 'string') {
    throw new InvalidValueError(`is ${kindOf(input)}; an amount is a number or its text`)
  }
  const match = plainNumber.exec(String(input))
  if (match === null) throw new InvalidValueError('is not an amount such as 42.50')
  const [, sign, whole = '', separator, fraction = ''] = match
  if (separator === ',' && fraction.length > 2) {
    throw new InvalidValueError('has a comma before more than two digits; write 1234.00 or 1.23')
  }
  const cents =
    Number(whole + fraction.slice(0, 2).padEnd(2, '0')) + (fraction.charAt(2) >= '5' ? 1 : 0)
  return checkCents(sign === '-' && cents > 0 ? -cents : cents)
}

/** The cents themselves. Throws InvalidValueError where they are no integer of 12 digits. */
export function checkCents(input: unknown): number {
  if (typeof input !== 'number') {
    throw new InvalidValueError(`is ${kindOf(input)}; cents are a number`)
  }
  if (!Number.isInteger(input)) throw new InvalidValueError('is not a whole number of cents')
  if (Math.abs(input) > centsMax) throw new InvalidValueError('has more than 12 digits')
  return input
}

/** Euros with two decimals and a point: 4250 -> `42.50`. */
export function formatCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Euros as the JSON number with at most two decimals that reads back as the same cents. */
export const eurosOf = (cents: number): number => cents / 100

/** Cents of an Avro decimal of scale 2: two's complement, most significant byte first. */
export function centsFromUnscaled(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0
  let unscaled = bytes[0]! & 0x80 ? -1 : 0
  for (const byte of bytes) {
    unscaled = unscaled * 256 + byte
    if (Math.abs(unscaled) > centsMax) throw new InvalidValueError('has more than 12 digits')
  }
  return unscaled
}

/** The shortest two's complement of the cents, most significant byte first. */
export function toUnscaled(cents: number): Buffer {
  let length = 1
  for (let limit = 0x80; cents >= limit || cents < -limit; limit *= 256) length += 1
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeIntBE(cents, 0, length)
  return bytes
}

/**
 * Splits cents by whole weights so that the shares add up exactly: the cents left over go to the
 * largest remainders, of equal ones to the first. Throws RangeError where there is a negative weight
 * or none above zero.
 */
export function allocate(cents: number, weights: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (weightSum <= 0n || weights.some((weight) => weight < 0)) {
    throw new RangeError('weights are not negative and add up to more than zero')
  }
  const size = BigInt(Math.abs(cents))
  const parts = weights.map((weight) => size * BigInt(weight))
  const shares = parts.map((part) => Number(part / weightSum))
  const left = Math.abs(cents) - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = parts
    .map((part, at) => ({ at, remainder: Number(part % weightSum) }))
    .sort((one, other) => other.remainder - one.remainder)
  for (const { at } of byRemainder.slice(0, left)) shares[at]! += 1
  return cents < 0 ? shares.map((share) => (share === 0 ? 0 : -share)) : shares
}
