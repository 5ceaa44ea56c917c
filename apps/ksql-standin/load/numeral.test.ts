import { expect, it } from 'vitest'
import { decimalText, doubleText, wholeText, withPoint } from '#apps/ksql-standin/load/numeral'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'

it.each([
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['1.0', '1'],
  ['12e2', '1200'],
  ['-0', '0'],
])('reads the whole number %s', (text, stored) => {
  expect(wholeText(text, 'BIGINT')).toBe(stored)
})

it('cuts a fraction off only where it may', () => {
  expect(wholeText('1.9', 'INTEGER', true)).toBe('1')
  expect(wholeText('-1.9', 'INTEGER', true)).toBe('-1')
  expect(() => wholeText('1.9', 'INTEGER')).toThrow(UnstorableError)
})

it.each(['9223372036854775808', 'seven', '', '1e999999999', '0x10', ' 1'])(
  'takes %j for no BIGINT',
  (text) => {
    expect(() => wholeText(text, 'BIGINT')).toThrow('a number that is no BIGINT')
  },
)

it.each([
  ['10.5', '10.50'],
  ['-0.05', '-0.05'],
  ['100', '100.00'],
  ['1.0E+3', '1000.00'],
  ['1.100', '1.10'],
  ['9999999999.99', '9999999999.99'],
])('writes the decimal %s with its digits', (text, stored) => {
  expect(decimalText(text, 12, 2)).toBe(stored)
})

it.each(['1.239', '123456789012.34', '-10000000000', 'NaN', 'many'])(
  'refuses the decimal %s that its column cannot hold, and never rounds it',
  (text) => {
    expect(() => decimalText(text, 12, 2)).toThrow('does not fit DECIMAL(12, 2)')
  },
)

it('keeps all 38 digits of a decimal', () => {
  const digits = '12345678901234567890.0123456789'
  expect(decimalText(digits, 38, 10)).toBe(digits)
})

it('writes a decimal without a fraction without a point', () => {
  expect(withPoint(-7n, 0)).toBe('-7')
})

it('reads floating-point numbers', () => {
  expect(doubleText('1.0E-5')).toBe('0.00001')
  expect(doubleText('1e21')).toBe('1e+21')
  expect(() => doubleText('wide')).toThrow(UnstorableError)
})
