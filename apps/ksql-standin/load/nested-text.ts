import { memberText, objectText } from '#apps/ksql-standin/load/stored-text'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

export type Members = Readonly<Record<string, unknown>>

/** How one format of records says its values. */
export interface ValueReading {
  isObject(value: unknown): value is Members
  one(type: SqlType, value: unknown): string | null
  fields(fields: readonly SqlField[], value: unknown): readonly (string | null)[]
}

/** An array, a map or a struct as Postgres stores it: JSON text of its members. Throws UnstorableError. */
export function nestedText(
  type: Extract<SqlType, { kind: 'ARRAY' | 'MAP' | 'STRUCT' }>,
  value: unknown,
  { isObject, one, fields }: ValueReading,
): string {
  if (type.kind === 'ARRAY') {
    if (!Array.isArray(value)) throw notA(type)
    return `[${value.map((item) => memberText(type.item, one(type.item, item))).join(',')}]`
  }
  if (!isObject(value)) throw notA(type)
  if (type.kind === 'MAP') {
    const entries = Object.entries(value)
    return objectText(
      entries.map(([name, of]) => [name, memberText(type.value, one(type.value, of))]),
    )
  }
  const members = fields(type.fields, value)
  return objectText(
    type.fields.map(({ name, type: of }, at) => [name, memberText(of, members[at] ?? null)]),
  )
}

export const notA = ({ kind }: SqlType) => new UnstorableError(`a value that is no ${kind}`)
