import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const shape = /^[!-~]{1,35}$/
const ownShape = /^[\da-f]{32}$/i

/**
 * The key of a payment at its intermediary, kept as it came: of one that was born here the payment id without hyphens,
 * of a due that was not the key the intermediary has, or its notice code where nobody knows that. Throws
 * InvalidValueError: other than 1 to 35 characters of ASCII, or a space among them.
 */
export function parseIud(input: unknown): string {
  const text = textOf(input, 'an iud')
  if (!shape.test(text)) throw new InvalidValueError('is not 1 to 35 characters without a space')
  return text
}

/** The payment an iud of ours is of; undefined where it is no payment id without hyphens. */
export const paymentIdOf = (iud: string): string | undefined =>
  ownShape.test(iud)
    ? iud.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined
