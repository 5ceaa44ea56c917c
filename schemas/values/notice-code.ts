import { InvalidValueError, kindOf, textOf } from '#schemas/values/invalid-value'

const shape = /^\d{18}$/

/**
 * The 18 digits of a payment notice. Check digits are not asked for: an intermediary's number is
 * kept as it came. Throws InvalidValueError: other than 18 digits, or a JSON number.
 */
export function parseNoticeCode(input: unknown): string {
  if (typeof input === 'number') {
    throw new InvalidValueError(`is ${kindOf(input)}, which loses digits; a notice code is text`)
  }
  const text = textOf(input, 'a notice code')
  if (!shape.test(text)) throw new InvalidValueError('is not 18 digits')
  return text
}

// The last two digits are the first sixteen modulo 93, except under auxiliary digit 1.
const checkDigitsOf = (first16: string) => String(BigInt(first16) % 93n).padStart(2, '0')

/**
 * Whether the last two digits are those that the others make, where they are check digits at all. Throws
 * InvalidValueError as parseNoticeCode does.
 */
export function hasCheckDigits(code: string): boolean {
  const digits = parseNoticeCode(code)
  if (!['0', '2', '3'].includes(digits.charAt(0))) return true
  return digits.slice(16) === checkDigitsOf(digits.slice(0, 16))
}

/** What a creditor numbers with; `base` is its own number, filled up with zeros on the left. */
export type NoticeNumber =
  | { readonly aux: 0; readonly applicationCode: string; readonly base: string }
  | { readonly aux: 1; readonly base: string }
  | { readonly aux: 2; readonly base: string }
  | { readonly aux: 3; readonly segregationCode: string; readonly base: string }

const baseLengths = { 0: 13, 1: 17, 2: 15, 3: 13 } as const

/**
 * The notice code of a creditor's number. Throws InvalidValueError where a part has wrong digits.
 */
export function makeNoticeCode(number: NoticeNumber): string {
  const code =
    number.aux === 0
      ? number.applicationCode
      : number.aux === 3
        ? number.segregationCode
        : undefined
  if (code !== undefined && !/^\d\d$/.test(code)) {
    throw new InvalidValueError('the application or segregation code is not two digits')
  }
  const length = baseLengths[number.aux]
  if (!/^\d+$/.test(number.base) || number.base.length > length) {
    throw new InvalidValueError(`the base is not 1 to ${length} digits`)
  }
  const digits = `${number.aux}${code ?? ''}${number.base.padStart(length, '0')}`
  return number.aux === 1 ? digits : digits + checkDigitsOf(digits)
}

/**
 * The IUV within a notice code. Throws InvalidValueError under the auxiliary digits 4 to 9, not
 * assigned.
 */
export function iuvOf(code: string): string {
  const aux = parseNoticeCode(code).charAt(0)
  if (aux > '3') throw new InvalidValueError(`has auxiliary digit ${aux}, which is not assigned`)
  return code.slice(aux === '0' ? 3 : 1)
}

/** In groups of four, as people read and type it: `3010 0000 0012 3456 88`. */
export const groupedNoticeCode = (code: string): string => code.replace(/\d{4}(?=\d)/g, '$& ')
