import { decimalOf } from '#apps/ksql-standin/sql/pull/decimal-type'
import type { Scope, Value } from '#apps/ksql-standin/sql/pull/scope'
import type { Literal } from '#apps/ksql-standin/sql/syntax'

const integerMax = 2n ** 31n
const bigintMax = 2n ** 63n

/** Whether it is one of a signed type whose first too large number is `max`. */
const fits = (value: bigint, max: bigint) => -max <= value && value < max

export const fitsInteger = (value: bigint) => fits(value, integerMax)
export const fitsBigint = (value: bigint) => fits(value, bigintMax)

/** A literal: always a parameter, but for true, false and NULL. */
export function compileLiteral(literal: Literal, scope: Scope): Value {
  const parameter = (text: string) => scope.parameters.text(text)
  switch (literal.kind) {
    case 'null':
      return { sql: 'NULL', type: null }
    case 'boolean':
      return { sql: literal.value ? 'true' : 'false', type: { kind: 'BOOLEAN' } }
    case 'string':
      return { sql: parameter(literal.value), type: { kind: 'STRING' } }
    case 'integer': {
      const value = BigInt(literal.digits)
      if (!fitsBigint(value)) throw scope.refuse(`${literal.digits} is no BIGINT`)
      const isInteger = fitsInteger(value)
      return {
        sql: `${parameter(literal.digits)}::${isInteger ? 'integer' : 'bigint'}`,
        type: { kind: isInteger ? 'INTEGER' : 'BIGINT' },
      }
    }
    case 'decimal': {
      const type = decimalOf(literal.digits)
      if (!type) throw scope.refuse(`${literal.digits} has too many digits`)
      return { sql: `${parameter(literal.digits)}::numeric`, type }
    }
    case 'double': {
      const isDouble = Number.isFinite(Number(literal.digits))
      if (!isDouble) throw scope.refuse(`${literal.digits} is no DOUBLE`)
      const sql = `${parameter(String(Number(literal.digits)))}::double precision`
      return { sql, type: { kind: 'DOUBLE' } }
    }
  }
}
