import { asDecimal, decimalResult, fitted } from '#apps/ksql-standin/sql/pull/decimal-type'
import { isNumeric, type Scope, type TypedValue } from '#apps/ksql-standin/sql/pull/scope'
import type { ArithmeticOperator, Expression } from '#apps/ksql-standin/sql/syntax'
import { typeText } from '#apps/ksql-standin/sql/type-text'

type Arithmetic = Extract<Expression, { kind: 'arithmetic' }>

/** What Postgres calls an operation on whole numbers that Java does with a remainder of 2^32 or 2^64. */
export const wrappedInteger = (sql: string) => `ksql.wrap_integer(${sql})`
export const wrappedBigint = (sql: string) => `ksql.wrap_bigint(${sql})`

export function compileArithmetic({ operator, left, right }: Arithmetic, scope: Scope): TypedValue {
  const [a, b] = [scope.typed(left), scope.typed(right)]
  if (!isNumeric(a.type) || !isNumeric(b.type)) {
    throw scope.refuse(`${typeText(a.type)} ${operator} ${typeText(b.type)} has no meaning`)
  }
  const kinds = [a.type.kind, b.type.kind]
  if (kinds.includes('DOUBLE')) return ofDoubles(operator, a.sql, b.sql)
  if (kinds.includes('DECIMAL')) return ofDecimals(operator, a, b)
  return ofWholes(operator, [a.sql, b.sql], kinds.includes('BIGINT') ? 'BIGINT' : 'INTEGER')
}

/** Division by zero is NULL, as the server answers where an expression fails. */
function ofWholes(
  operator: ArithmeticOperator,
  [a, b]: readonly [string, string],
  kind: 'INTEGER' | 'BIGINT',
): TypedValue {
  const [wide, wrap] = kind === 'INTEGER' ? ['bigint', wrappedInteger] : ['numeric', wrappedBigint]
  const divisor = `nullif((${b})::${wide}, 0)`
  const dividend = `(${a})::${wide}`
  const result = {
    '+': `${dividend} + (${b})::${wide}`,
    '-': `${dividend} - (${b})::${wide}`,
    '*': `${dividend} * (${b})::${wide}`,
    '/': kind === 'INTEGER' ? `${dividend} / ${divisor}` : `div(${dividend}, ${divisor})`,
    '%': `mod(${dividend}, ${divisor})`,
  }[operator]
  return { sql: wrap(result), type: { kind } }
}

function ofDecimals(operator: ArithmeticOperator, a: TypedValue, b: TypedValue): TypedValue {
  const type = decimalResult(operator, asDecimal(a.type)!, asDecimal(b.type)!)
  const [left, right] = [`(${a.sql})::numeric`, `(${b.sql})::numeric`]
  const result = {
    '+': `${left} + ${right}`,
    '-': `${left} - ${right}`,
    '*': `${left} * ${right}`,
    '/': `ksql.divide(${left}, ${right}, ${type.scale})`,
    '%': `mod(${left}, nullif(${right}, 0))`,
  }[operator]
  return { sql: fitted(result, type), type }
}

const doubleRoutines = {
  '+': 'ksql.double_sum',
  '-': 'ksql.double_difference',
  '*': 'ksql.double_product',
  '/': 'ksql.double_quotient',
  '%': 'ksql.double_remainder',
} as const

const ofDoubles = (operator: ArithmeticOperator, a: string, b: string): TypedValue => ({
  sql: `${doubleRoutines[operator]}((${a})::float8, (${b})::float8)`,
  type: { kind: 'DOUBLE' },
})

export function compileNegative(of: Expression, scope: Scope): TypedValue {
  const { sql, type } = scope.typed(of)
  if (!isNumeric(type)) throw scope.refuse(`-${typeText(type)} has no meaning`)
  if (type.kind === 'INTEGER') return { sql: wrappedInteger(`-(${sql})::bigint`), type }
  if (type.kind === 'BIGINT') return { sql: wrappedBigint(`-(${sql})::numeric`), type }
  return { sql: `(-(${sql}))`, type }
}
