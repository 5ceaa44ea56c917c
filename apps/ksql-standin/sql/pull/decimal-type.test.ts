import { describe, expect, it } from 'vitest'
import {
  asDecimal,
  decimalOf,
  decimalResult,
  type DecimalType,
} from '#apps/ksql-standin/sql/pull/decimal-type'
import type { ArithmeticOperator } from '#apps/ksql-standin/sql/syntax'
import { typeText } from '#apps/ksql-standin/sql/type-text'

const amount: DecimalType = { kind: 'DECIMAL', precision: 12, scale: 2 }

describe('the type of a decimal', () => {
  it.each<[ArithmeticOperator, string]>([
    ['+', 'DECIMAL(13, 2)'],
    ['*', 'DECIMAL(23, 2)'],
    ['/', 'DECIMAL(23, 13)'],
    ['%', 'DECIMAL(12, 2)'],
  ])('amount %s an INTEGER is %s', (operator, expected) => {
    expect(typeText(decimalResult(operator, amount, asDecimal({ kind: 'INTEGER' })!))).toBe(
      expected,
    )
  })

  it('never has more than 38 digits', () => {
    const wide: DecimalType = { kind: 'DECIMAL', precision: 38, scale: 10 }
    expect(typeText(decimalResult('*', wide, wide))).toBe('DECIMAL(38, 20)')
  })

  it.each([
    ['1.5', 'DECIMAL(2, 1)'],
    ['0.1', 'DECIMAL(2, 1)'],
    ['-0.01', 'DECIMAL(3, 2)'],
    ['007.', 'DECIMAL(1, 0)'],
  ])('of %s is %s', (digits, expected) => {
    expect(typeText(decimalOf(digits)!)).toBe(expected)
  })

  it('is none beside what is no decimal, and of too many digits', () => {
    expect(asDecimal({ kind: 'DOUBLE' })).toBeNull()
    expect(decimalOf(`${'9'.repeat(38)}.1`)).toBeNull()
  })
})
