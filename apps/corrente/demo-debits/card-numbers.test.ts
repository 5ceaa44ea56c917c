import { expect, it } from 'vitest'
import { cardNumber, cardNumbersMax } from '#apps/corrente/demo-debits/card-numbers'
import { parseCardNumber, passesLuhn } from '#schemas/values/card-number'

it('makes numbers of cards, each another, with their check digit', () => {
  const numbers = Array.from({ length: 300 }, (_, n) => cardNumber(cardNumbersMax - 150 + n))
  expect(new Set(numbers).size).toBe(300)
  for (const number of numbers) {
    expect(parseCardNumber(number)).toHaveLength(16)
    expect(passesLuhn(number)).toBe(true)
  }
})
