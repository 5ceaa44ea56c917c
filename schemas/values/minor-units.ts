import { decimalsOf } from '#schemas/values/currency'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** Largest amount of a request, minor units: twelve digits, as ISO 8583 has them (DE 4). */
export const amountMax = 999_999_999_999
/** Largest balance, minor units: fifteen digits, which a number still holds exactly. */
export const balanceMax = 999_999_999_999_999

const decimal = /^(\d+)(?:\.(\d+))?$/

/**
 * The minor units of a decimal text in a currency, exactly: nothing is rounded. Throws InvalidValueError: more decimals
 * than the currency has, a comma, an exponent, a sign, more than `max`.
 */
export function parseMinorUnits(text: string, currency: string, max = amountMax): number {
  const decimals = decimalsOf(currency)
  if (decimals === undefined) throw new InvalidValueError('is in no currency of ISO 4217')
  const match = decimal.exec(text)
  if (match === null) throw new InvalidValueError(whyNot(text))
  const [, whole = '', fraction = ''] = match
  if (fraction.length > decimals) {
    throw new InvalidValueError(`has more decimals than ${currency} has, which is ${decimals}`)
  }
  // Digits are counted before they become a number, which might round them.
  const digits = (whole + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '')
  const amount = digits.length > 15 ? Infinity : Number(digits)
  if (amount > max) {
    throw new InvalidValueError(`is more than ${formatMinorUnits(max, currency)} ${currency}`)
  }
  return amount
}

function whyNot(text: string): string {
  if (/^-/.test(text)) return 'is below zero'
  if (/^\d+,\d+$/.test(text)) return 'has a comma; decimals come behind a point, as in 50.25'
  if (/^\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return 'has an exponent; write all digits, as in 50.25'
  return 'is no decimal amount such as 50.25'
}

/** As decimal text with all decimals of the currency: 5025 in BRL -> `50.25`; those of no known currency as they are. */
export function formatMinorUnits(amount: number, currency: string): string {
  const decimals = decimalsOf(currency) ?? 0
  if (decimals === 0) return String(amount)
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
