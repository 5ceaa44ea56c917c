import { passesLuhn } from '#schemas/values/card-number'

/** No issuer has numbers that begin so. */
const prefix = '888866'
/** How many numbers there are. */
export const cardNumbersMax = 10 ** 9

/** The n-th number of a fictional card: sixteen digits, the last one their check digit. Behind the last comes the first. */
export function cardNumber(n: number): string {
  const digits = `${prefix}${String(n % cardNumbersMax).padStart(9, '0')}`
  for (let check = 0; check < 10; check++) {
    if (passesLuhn(`${digits}${check}`)) return `${digits}${check}`
  }
  throw new RangeError(`${n} is the place of no number`)
}
