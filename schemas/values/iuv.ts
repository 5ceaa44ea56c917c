import { InvalidValueError, kindOf, textOf } from '#schemas/values/invalid-value'

/**
 * The number of a payment at the creditor: 15 or 17 digits as a rule, `RF…` and longer ones exist.
 * Kept as the intermediary gave it. Throws InvalidValueError: empty, longer than 35, or a JSON
 * number.
 */
export function parseIuv(input: unknown): string {
  if (typeof input === 'number') {
    throw new InvalidValueError(`is ${kindOf(input)}, which loses digits; an IUV is text`)
  }
  const text = textOf(input, 'an IUV')
  if (text.length === 0 || text.length > 35)
    throw new InvalidValueError('is not 1 to 35 characters')
  return text
}
