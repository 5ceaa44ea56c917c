import { wrappedBigint, wrappedInteger } from '#apps/ksql-standin/sql/pull/compile-arithmetic'
import {
  isNumeric,
  type Scope,
  type TypedValue,
  type Value,
} from '#apps/ksql-standin/sql/pull/scope'
import { argumentText, type SqlFunction } from '#apps/ksql-standin/sql/pull/sql-function'

function number(args: readonly Value[], scope: Scope): TypedValue {
  const [arg] = args
  if (args.length !== 1 || !arg?.type || !isNumeric(arg.type)) {
    throw scope.refuse(`it takes a number, not (${argumentText(args)})`)
  }
  return { sql: arg.sql, type: arg.type }
}

const absolute: SqlFunction = (args, scope) => {
  const { sql, type } = number(args, scope)
  if (type.kind === 'INTEGER') return { sql: wrappedInteger(`abs((${sql})::bigint)`), type }
  if (type.kind === 'BIGINT') return { sql: wrappedBigint(`abs((${sql})::numeric)`), type }
  return { sql: `abs(${sql})`, type }
}

/** FLOOR and CEIL keep the type and its scale. */
const towards =
  (name: 'floor' | 'ceil'): SqlFunction =>
  (args, scope) => {
    const { sql, type } = number(args, scope)
    if (type.kind === 'DECIMAL') return { sql: `round(${name}(${sql}), ${type.scale})`, type }
    return { sql: type.kind === 'DOUBLE' ? `${name}(${sql})` : sql, type }
  }

const sign: SqlFunction = (args, scope) => ({
  sql: `sign(${number(args, scope).sql})::integer`,
  type: { kind: 'INTEGER' },
})

/** A half goes up, also of what is negative: -0.05 to one place is 0.0. */
const round: SqlFunction = (args, scope) => {
  const { sql, type } = number(args.slice(0, 1), scope)
  if (args.length === 1) return wholeRound({ sql, type })
  const places = args[1]
  if (args.length !== 2 || places?.type?.kind !== 'INTEGER') {
    throw scope.refuse(`ROUND takes a number and places, not (${argumentText(args)})`)
  }
  if (type.kind === 'DECIMAL') {
    return { sql: `round(ksql.round_up(${sql}, ${places.sql}), ${type.scale})`, type }
  }
  if (type.kind !== 'DOUBLE') throw scope.refuse('ROUND to places is of DECIMAL and DOUBLE')
  const digits = `ksql.to_numeric((${sql})::text)`
  return { sql: `ksql.round_up(${digits}, ${places.sql})::float8`, type }
}

function wholeRound({ sql, type }: TypedValue): TypedValue {
  if (type.kind === 'DECIMAL') {
    const precision = Math.max(type.precision - type.scale, 1)
    return { sql: `ksql.round_up(${sql}, 0)`, type: { kind: 'DECIMAL', precision, scale: 0 } }
  }
  if (type.kind !== 'DOUBLE') return { sql, type }
  return { sql: `ksql.double_to_bigint(floor(${sql} + 0.5))`, type: { kind: 'BIGINT' } }
}

/** By name. */
export const numberFunctions: ReadonlyMap<string, SqlFunction> = new Map([
  ['ABS', absolute],
  ['CEIL', towards('ceil')],
  ['FLOOR', towards('floor')],
  ['ROUND', round],
  ['SIGN', sign],
])
