import { wrappedBigint, wrappedInteger } from '#apps/ksql-standin/sql/pull/compile-arithmetic'
import { structText } from '#apps/ksql-standin/sql/pull/struct-text'
import { fitted } from '#apps/ksql-standin/sql/pull/decimal-type'
import { isNumeric, type Scope, type TypedValue } from '#apps/ksql-standin/sql/pull/scope'
import { readTime } from '#apps/ksql-standin/sql/pull/time-reading'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { Expression } from '#apps/ksql-standin/sql/syntax'
import { typeText } from '#apps/ksql-standin/sql/type-text'

type Cast = Extract<Expression, { kind: 'cast' }>

/** What cannot be cast at run time is NULL, as the server answers; what has no cast is refused. */
export function compileCast({ of, type }: Cast, scope: Scope): TypedValue {
  const written = of.kind === 'string' ? castText(of.value, type, scope) : undefined
  if (written !== undefined) return { sql: written, type }
  const from = scope.value(of)
  if (from.type === null) return { sql: `NULL::${storedType(type)}`, type }
  const typed = { sql: from.sql, type: from.type }
  if (typeText(typed.type) === typeText(type)) return typed
  const found = castTo(typed, type, scope)
  if (found === undefined) {
    throw scope.refuse(`${typeText(typed.type)} cannot be cast to ${typeText(type)}`)
  }
  return { sql: found, type }
}

/** Of times only those that are written out. */
function castText(text: string, type: SqlType, scope: Scope): string | undefined {
  if (type.kind !== 'DATE' && type.kind !== 'TIME' && type.kind !== 'TIMESTAMP') return undefined
  const stored = readTime(text, type)
  const sql = stored === null ? 'NULL' : scope.parameters.text(String(stored))
  return `${sql}::${storedType(type)}`
}

function castTo(from: TypedValue, to: SqlType, scope: Scope): string | undefined {
  switch (to.kind) {
    case 'STRING':
      return toText(from, scope)
    case 'BOOLEAN':
      return from.type.kind === 'STRING' ? `ksql.to_boolean(${from.sql})` : undefined
    case 'INTEGER':
    case 'BIGINT':
      return toWhole(from, to.kind)
    case 'DOUBLE':
      if (from.type.kind === 'STRING') return `ksql.to_double(${from.sql})`
      return isNumeric(from.type) ? `(${from.sql})::float8` : undefined
    case 'DECIMAL': {
      const numeric = toNumeric(from)
      return numeric === undefined ? undefined : fitted(numeric, to)
    }
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      return toTime(from, to.kind)
    case 'BYTES':
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return undefined
  }
}

function toNumeric({ sql, type }: TypedValue): string | undefined {
  if (type.kind === 'STRING') return `ksql.to_numeric(${sql})`
  // By its digits, not by its bits.
  if (type.kind === 'DOUBLE') return `ksql.to_numeric((${sql})::text)`
  return isNumeric(type) ? `(${sql})::numeric` : undefined
}

/** Without the fraction; what is too large wraps as in Java, of a DOUBLE it ends at the bounds. */
function toWhole({ sql, type }: TypedValue, to: 'INTEGER' | 'BIGINT'): string | undefined {
  if (type.kind === 'STRING') return `ksql.to_${to.toLowerCase()}(${sql})`
  if (type.kind === 'DOUBLE') return `ksql.double_to_${to.toLowerCase()}(${sql})`
  if (!isNumeric(type)) return undefined
  if (type.kind === 'INTEGER') return `(${sql})::bigint`
  const whole = type.kind === 'BIGINT' ? sql : wrappedBigint(`trunc(${sql})`)
  return to === 'INTEGER' ? wrappedInteger(whole) : whole
}

function toTime({ sql, type }: TypedValue, to: 'DATE' | 'TIME' | 'TIMESTAMP') {
  if (type.kind === 'DATE' && to === 'TIMESTAMP') return `((${sql})::bigint * 86400000)`
  if (type.kind !== 'TIMESTAMP') return undefined
  return `ksql.${to === 'DATE' ? 'date_of' : 'time_of'}(${sql})`
}

function toText({ sql, type }: TypedValue, scope: Scope): string | undefined {
  switch (type.kind) {
    case 'INTEGER':
    case 'BIGINT':
    case 'BOOLEAN':
      return `(${sql})::text`
    case 'DECIMAL':
      return `round(${sql}, ${type.scale})::text`
    case 'DOUBLE':
      return `ksql.double_text(${sql})`
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      return `ksql.${type.kind.toLowerCase()}_text(${sql})`
    case 'STRUCT':
      return structText({ sql, type }, { scope, scalar: (of) => toText(of, scope) })
    case 'STRING':
      return sql
    case 'ARRAY':
    case 'MAP':
    case 'BYTES':
      return undefined
  }
}
