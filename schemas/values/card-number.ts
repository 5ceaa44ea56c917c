import { InvalidValueError } from '#schemas/values/invalid-value'

const shape = /^\d{13,19}$/

/** The number of a card: 13 to 19 digits, zeros in front kept. Throws InvalidValueError, which repeats no digit. */
export function parseCardNumber(digits: string): string {
  if (shape.test(digits)) return digits
  throw new InvalidValueError('is no card number: 13 to 19 digits, as text or as a number')
}

/** What may be shown of it: the first six and the last four digits, stars between. */
export const displayOf = (cardNumber: string): string =>
  `${cardNumber.slice(0, 6)}${'*'.repeat(cardNumber.length - 10)}${cardNumber.slice(-4)}`

/** Whether the last digit is the check digit of those before it (ISO/IEC 7812). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, isDoubled = false; at >= 0; at--, isDoubled = !isDoubled) {
    const digit = digits.charCodeAt(at) - 48
    sum += isDoubled ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit
  }
  return sum % 10 === 0
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i
/** Groups of digits with one space or hyphen between two of them, as numbers of cards are written. */
const writtenDigits = /\d+(?:[ -]\d+)*/g

/**
 * Whether a text of somebody else's holds the number of a card: this one, or groups of 13 to 19 digits in all that end in
 * their check digit. A UUID is none: one in hundreds would be taken for it.
 */
export function holdsCardNumber(text: string, cardNumber?: string): boolean {
  if (text.length < 13) return false
  if (cardNumber !== undefined && joined(text).includes(cardNumber)) return true
  return !uuid.test(text) && (text.match(writtenDigits) ?? []).some(isLikeCard)
}

/** Its letters and digits. */
const joined = (text: string): string => text.replace(/[^\da-z]/gi, '')

function isLikeCard(written: string): boolean {
  const groups = written.split(/[ -]/)
  return groups.some((_, from) => {
    let digits = ''
    for (let to = from; to < groups.length && digits.length < 20; to++) {
      digits += groups[to]
      if (shape.test(digits) && passesLuhn(digits)) return true
    }
    return false
  })
}

/**
 * Whether a text might hold the number of a card, with or without a check digit: thirteen digits behind one another,
 * whatever stands between them. A UUID is none.
 */
export const mayHoldCardNumber = (text: string): boolean =>
  !uuid.test(text) && /\d{13}/.test(joined(text))
