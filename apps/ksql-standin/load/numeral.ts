import { UnstorableError } from '#apps/ksql-standin/load/unstorable'

/** A number as it was written: digits that a JavaScript number would lose are kept. */
export class Numeral {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const bounds = {
  INTEGER: [-(2n ** 31n), 2n ** 31n - 1n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
} as const

const shape = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** A number as digits and the power of ten they are multiplied by; undefined where the text is none. */
const partsOf = (text: string): { digits: bigint; exponent: number } | undefined => {
  const found = shape.exec(text)
  if (!found) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = found
  const exponent = Number(power) - fraction.length
  // Nothing that fits a column has so many: it would only keep the machine busy.
  if (whole.length + fraction.length > 1_000 || Math.abs(exponent) > 1_000) return undefined
  return { digits: BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n), exponent }
}

/** The digits at the given scale; undefined where some would be lost. */
const scaled = (text: string, scale: number): bigint | undefined => {
  const parts = partsOf(text)
  if (!parts) return undefined
  const power = parts.exponent + scale
  if (power >= 0) return parts.digits * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return parts.digits % divisor === 0n ? parts.digits / divisor : undefined
}

/** A whole number for a column; fractions are cut off where `isCut`. */
export function wholeText(text: string, kind: 'INTEGER' | 'BIGINT', isCut = false): string {
  const parts = partsOf(text)
  const cut = parts && isCut && parts.exponent < 0
  const value = cut ? parts.digits / 10n ** BigInt(-parts.exponent) : scaled(text, 0)
  const [min, max] = bounds[kind]
  if (value === undefined || value < min || value > max) {
    throw new UnstorableError(`a number that is no ${kind}`)
  }
  return value.toString()
}

/** A decimal with exactly the digits of its column. */
export function decimalText(text: string, precision: number, scale: number): string {
  const value = scaled(text, scale)
  if (value === undefined || (value < 0n ? -value : value) >= 10n ** BigInt(precision)) {
    throw new UnstorableError(`a number that does not fit DECIMAL(${precision}, ${scale})`)
  }
  return withPoint(value, scale)
}

/** An unscaled number with its decimal point. */
export function withPoint(value: bigint, scale: number): string {
  if (scale === 0) return value.toString()
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** A floating-point number as Postgres reads it. */
export function doubleText(text: string): string {
  const value = partsOf(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw new UnstorableError('a text that is no number')
  return String(value)
}
