import { describe, expect, it } from 'vitest'
import { type Currency, minorUnitsOf, textOf } from '#tests/soak/debits/money'

describe('money', () => {
  it.each<[number, Currency, string]>([
    [5, 'BRL', '0.05'],
    [5_025, 'BRL', '50.25'],
    [0, 'BRL', '0.00'],
    [42, 'JPY', '42'],
    [1_000_001, 'KWD', '1000.001'],
  ])('of %i minor units in %s is written %s, and read again', (minorUnits, currency, text) => {
    expect(textOf(minorUnits, currency)).toBe(text)
    expect(minorUnitsOf(text, currency)).toBe(minorUnits)
  })

  it('below zero is read as such', () => {
    expect(minorUnitsOf('-0.50', 'BRL')).toBe(-50)
  })

  it.each(['1', '1.5', '1.500', '1e3', '', undefined])('is not %s in BRL', (text) => {
    expect(() => minorUnitsOf(text, 'BRL')).toThrow('is no amount in BRL')
  })
})
