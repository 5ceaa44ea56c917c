import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const lengths: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 16,
  CH: 21,
  DE: 22,
  ES: 24,
  FR: 27,
  GB: 22,
  IT: 27,
  LU: 20,
  MT: 31,
  NL: 18,
  PT: 25,
  SI: 19,
  SM: 27,
  VA: 22,
}
const shape = /^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/

/**
 * An IBAN in upper case without spaces. Throws InvalidValueError: wrong length for its country,
 * wrong check digits.
 */
export function parseIban(input: unknown): string {
  const iban = textOf(input, 'an IBAN').replaceAll(' ', '').toUpperCase()
  if (!shape.test(iban)) throw new InvalidValueError('is not an IBAN')
  const country = iban.slice(0, 2)
  const length = lengths[country]
  if (length !== undefined && iban.length !== length) {
    throw new InvalidValueError(`is ${iban.length} characters; an IBAN of ${country} has ${length}`)
  }
  if (remainderOf(iban) !== 1n) throw new InvalidValueError('has wrong check digits')
  return iban
}

function remainderOf(iban: string): bigint {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((character) =>
    Number.parseInt(character, 36),
  )
  return BigInt(digits.join('')) % 97n
}
