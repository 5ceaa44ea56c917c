import { valuesOfOneType } from '#apps/ksql-standin/sql/pull/one-type'
import { packed } from '#apps/ksql-standin/sql/pull/compile-nested'
import { isNested, type Scope, type Value } from '#apps/ksql-standin/sql/pull/scope'
import { argumentText, type SqlFunction } from '#apps/ksql-standin/sql/pull/sql-function'
import { typeText } from '#apps/ksql-standin/sql/type-text'

const counted = (args: readonly Value[], [min, max]: readonly [number, number], scope: Scope) => {
  if (args.length < min || args.length > max) {
    throw scope.refuse(`it does not take (${argumentText(args)})`)
  }
}

const any = Number.POSITIVE_INFINITY

/** Of arguments of one type, whose result is of that type. */
const choice =
  (name: string, counts: readonly [number, number], isOrder = false): SqlFunction =>
  (args, scope) => {
    counted(args, counts, scope)
    const { values, type } = valuesOfOneType(args, scope)
    if (isOrder && (isNested(type) || type.kind === 'BOOLEAN')) {
      throw scope.refuse(`${typeText(type)} has no order`)
    }
    const collation = isOrder && type.kind === 'STRING' ? ' collate "C"' : ''
    return { sql: `${name}(${values.map((value) => value + collation).join(', ')})`, type }
  }

const arrayContains: SqlFunction = (args, scope) => {
  const [array, item] = args
  const isArray = args.length === 2 && array?.type?.kind === 'ARRAY' && item?.type
  if (!isArray || typeText(array.type.item) !== typeText(item.type) || isNested(item.type)) {
    throw scope.refuse(`ARRAY_CONTAINS does not take (${argumentText(args)})`)
  }
  const wanted = `to_jsonb(array[${packed({ sql: item.sql, type: item.type })}])`
  return { sql: `coalesce(${array.sql} @> ${wanted}, false)`, type: { kind: 'BOOLEAN' } }
}

const arrayLength: SqlFunction = (args, scope) => {
  const [array] = args
  if (args.length !== 1 || array?.type?.kind !== 'ARRAY') {
    throw scope.refuse(`ARRAY_LENGTH does not take (${argumentText(args)})`)
  }
  return { sql: `jsonb_array_length(${array.sql})`, type: { kind: 'INTEGER' } }
}

/** By name. */
export const choiceFunctions: ReadonlyMap<string, SqlFunction> = new Map([
  ['COALESCE', choice('coalesce', [1, any])],
  ['IFNULL', choice('coalesce', [2, 2])],
  ['NULLIF', choice('nullif', [2, 2])],
  ['GREATEST', choice('greatest', [1, any], true)],
  ['LEAST', choice('least', [1, any], true)],
  ['ARRAY_CONTAINS', arrayContains],
  ['ARRAY_LENGTH', arrayLength],
])
