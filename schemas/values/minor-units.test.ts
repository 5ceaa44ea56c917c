import { describe, expect, it } from 'vitest'
import { balanceMax, formatMinorUnits, parseMinorUnits } from '#schemas/values/minor-units'

describe('minor units', () => {
  it.each([
    ['50.25', 'BRL', 5_025],
    ['50.2', 'BRL', 5_020],
    ['50', 'BRL', 5_000],
    ['0.01', 'EUR', 1],
    ['0', 'EUR', 0],
    ['007.50', 'EUR', 750],
    ['1000', 'JPY', 1_000],
    ['0.001', 'KWD', 1],
    ['12.345', 'KWD', 12_345],
    ['9999999999.99', 'BRL', 999_999_999_999],
    ['999999999999', 'JPY', 999_999_999_999],
    ['1.005', 'KWD', 1_005],
  ])('%s in %s are %i', (text, currency, amount) => {
    expect(parseMinorUnits(text, currency)).toBe(amount)
  })

  it.each([
    ['0.001', 'BRL', 'has more decimals than BRL has, which is 2'],
    ['50.250', 'BRL', 'has more decimals than BRL has, which is 2'],
    ['1.5', 'JPY', 'has more decimals than JPY has, which is 0'],
    ['1.0001', 'KWD', 'has more decimals than KWD has, which is 3'],
    ['50,25', 'BRL', 'has a comma; decimals come behind a point, as in 50.25'],
    ['-1', 'BRL', 'is below zero'],
    ['-0.01', 'BRL', 'is below zero'],
    ['1e2', 'BRL', 'has an exponent; write all digits, as in 50.25'],
    ['1e15', 'BRL', 'has an exponent; write all digits, as in 50.25'],
    ['1.5E-3', 'BRL', 'has an exponent; write all digits, as in 50.25'],
    ['1000000000000000', 'BRL', 'is more than 9999999999.99 BRL'],
    ['9007199254740992', 'JPY', 'is more than 999999999999 JPY'],
    ['10000000000', 'BRL', 'is more than 9999999999.99 BRL'],
    [`1${'0'.repeat(400)}`, 'BRL', 'is more than 9999999999.99 BRL'],
    ['1.234,56', 'BRL', 'is no decimal amount such as 50.25'],
    ['1,234.56', 'BRL', 'is no decimal amount such as 50.25'],
    ['.5', 'BRL', 'is no decimal amount such as 50.25'],
    ['5.', 'BRL', 'is no decimal amount such as 50.25'],
    ['+5', 'BRL', 'is no decimal amount such as 50.25'],
    [' 5', 'BRL', 'is no decimal amount such as 50.25'],
    ['0x10', 'BRL', 'is no decimal amount such as 50.25'],
    ['NaN', 'BRL', 'is no decimal amount such as 50.25'],
    ['', 'BRL', 'is no decimal amount such as 50.25'],
    ['٥', 'BRL', 'is no decimal amount such as 50.25'],
    ['5', 'ZZZ', 'is in no currency of ISO 4217'],
  ])('%s in %s are none: %s', (text, currency, reason) => {
    expect(() => parseMinorUnits(text, currency)).toThrow(reason)
  })

  it('of a balance may have fifteen digits, and no more', () => {
    expect(parseMinorUnits('9999999999999.99', 'BRL', balanceMax)).toBe(balanceMax)
    expect(() => parseMinorUnits('10000000000000', 'BRL', balanceMax)).toThrow('is more than')
    expect(Number.isSafeInteger(balanceMax)).toBe(true)
  })

  it.each([
    [5_025, 'BRL', '50.25'],
    [-5_025, 'BRL', '-50.25'],
    [1, 'EUR', '0.01'],
    [0, 'EUR', '0.00'],
    [1_000, 'JPY', '1000'],
    [1, 'KWD', '0.001'],
    [999_999_999_999_999, 'BRL', '9999999999999.99'],
    [7, '', '7'],
  ])('%i in %s are written %s', (amount, currency, text) => {
    expect(formatMinorUnits(amount, currency)).toBe(text)
  })
})
