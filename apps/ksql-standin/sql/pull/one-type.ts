import type { Scope, Value } from '#apps/ksql-standin/sql/pull/scope'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import { typeText } from '#apps/ksql-standin/sql/type-text'

export interface ValuesOfOneType {
  readonly values: readonly string[]
  readonly type: SqlType
}

/** Values of one type, NULL among them; what is mixed is refused. */
export function valuesOfOneType(args: readonly Value[], scope: Scope): ValuesOfOneType {
  const types = args.flatMap(({ type }) => (type === null ? [] : [type]))
  const [type] = types
  if (!type) throw scope.refuse('of NULL alone there is no type')
  const other = types.find((one) => typeText(one) !== typeText(type))
  if (other) throw scope.refuse(`${typeText(type)} beside ${typeText(other)} has no one type`)
  const values = args.map((arg) => (arg.type === null ? `NULL::${storedType(type)}` : arg.sql))
  return { values, type }
}
