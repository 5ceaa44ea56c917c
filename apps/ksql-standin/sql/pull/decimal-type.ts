import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { ArithmeticOperator } from '#apps/ksql-standin/sql/syntax'

export type DecimalType = Extract<SqlType, { kind: 'DECIMAL' }>

const precisionMax = 38
/** Least scale of a quotient. */
const quotientScaleMin = 6

const decimal = (precision: number, scale: number): DecimalType => ({
  kind: 'DECIMAL',
  precision: Math.min(precision, precisionMax),
  scale: Math.min(scale, precisionMax),
})

/** What a number counts as beside a DECIMAL. */
export function asDecimal(type: SqlType): DecimalType | null {
  if (type.kind === 'DECIMAL') return type
  if (type.kind === 'INTEGER') return decimal(10, 0)
  return type.kind === 'BIGINT' ? decimal(19, 0) : null
}

/** Of `1.5`: as many digits as are written, and one before the point at least. */
export function decimalOf(digits: string): DecimalType | null {
  const [whole, fraction = ''] = digits.replace('-', '').split('.') as [string, string?]
  const significant = whole.replace(/^0+/, '')
  const precision = Math.max(significant.length + fraction.length, fraction.length + 1, 1)
  return precision > precisionMax ? null : decimal(precision, fraction.length)
}

/** The type of a result, as the observed server chooses it. */
export function decimalResult(
  operator: ArithmeticOperator,
  left: DecimalType,
  right: DecimalType,
): DecimalType {
  const { precision: p1, scale: s1 } = left
  const { precision: p2, scale: s2 } = right
  const scale = Math.max(s1, s2)
  switch (operator) {
    case '+':
    case '-':
      return decimal(scale + Math.max(p1 - s1, p2 - s2) + 1, scale)
    case '*':
      return decimal(p1 + p2 + 1, s1 + s2)
    case '/': {
      const quotientScale = Math.max(quotientScaleMin, s1 + p2 + 1)
      return decimal(p1 - s1 + s2 + quotientScale, quotientScale)
    }
    case '%':
      return decimal(Math.min(p1 - s1, p2 - s2) + scale, scale)
  }
}

/** A numeric of this type; null where it does not fit. */
export const fitted = (sql: string, { precision, scale }: DecimalType): string =>
  `ksql.fit(${sql}, ${scale}, 1e${precision - scale})`
