import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const shape = /^[\da-f]{32}$/

/**
 * The key of a payment at its intermediary: the payment id without hyphens, in lower case. Throws
 * InvalidValueError: other than 32 hex digits.
 */
export function parseIud(input: unknown): string {
  const text = textOf(input, 'an iud').toLowerCase()
  if (!shape.test(text)) throw new InvalidValueError('is not 32 hex digits')
  return text
}
