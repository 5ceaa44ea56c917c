import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

// Where two people would share a code, digits are replaced from the right by these letters: L for 0
// to V for 9.
const homocody = 'LMNPQRSTUV'
const digit = `[\\d${homocody}]`
const personal = new RegExp(`^[A-Z]{6}${digit}{2}[ABCDEHLMPRST]${digit}{2}[A-Z]${digit}{3}[A-Z]$`)
const elevenDigits = /^\d{11}$/

/**
 * Values of characters in odd places (1st, 3rd, …): the digits 0-9 and the letters A-J share the
 * first ten.
 */
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]

/**
 * An Italian tax code in upper case: 16 characters of a person (digits replaced by letters
 * included) or 11 digits of a body or company, either with its check character. Throws
 * InvalidValueError.
 */
export function parseTaxCode(input: unknown): string {
  const text = textOf(input, 'a tax code').toUpperCase()
  if (elevenDigits.test(text)) {
    if (!hasCheckDigit(text)) throw new InvalidValueError('has a wrong check digit')
    return text
  }
  if (!personal.test(text))
    throw new InvalidValueError('is not a tax code of 16 characters or 11 digits')
  if (!isBirthday(text)) throw new InvalidValueError('has a day of birth that is none')
  if (checkCharacterOf(text) !== text.charAt(15)) {
    throw new InvalidValueError('has a wrong check character')
  }
  return text
}

const ordinalOf = (character: string): number =>
  character <= '9' ? Number(character) : character.charCodeAt(0) - 65

function checkCharacterOf(text: string): string {
  const sum = [...text.slice(0, 15)].reduce(
    (total, character, i) =>
      total + (i % 2 === 0 ? oddValues[ordinalOf(character)]! : ordinalOf(character)),
    0,
  )
  return String.fromCharCode(65 + (sum % 26))
}

/** Day of birth: 1 to 31, and 40 more for women. */
function isBirthday(text: string): boolean {
  const digits = [...text.slice(9, 11)].map((character) =>
    character <= '9' ? character : homocody.indexOf(character),
  )
  const day = Number(digits.join('')) % 40
  return day >= 1 && day <= 31 && Number(digits.join('')) <= 71
}

function hasCheckDigit(text: string): boolean {
  const sum = [...text].reduce((total, character, i) => {
    const value = Number(character) * (i % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
