import { decimalText, doubleText, wholeText } from '#apps/ksql-standin/load/numeral'
import { bytesText, keptText, memberText, objectText } from '#apps/ksql-standin/load/stored-text'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isBytes(value)

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

/** What a record says of the fields, by their names in any case. Throws UnstorableError. */
export function fieldsFromAvro(
  fields: readonly SqlField[],
  value: unknown,
): readonly (string | null)[] {
  if (!isObject(value)) throw new UnstorableError('a value that is no record')
  const byUpperCase = new Map(Object.entries(value).map(([name, of]) => [name.toUpperCase(), of]))
  return fields.map(({ name, type }) => {
    const member = Object.hasOwn(value, name) ? value[name] : byUpperCase.get(name.toUpperCase())
    return fromAvro(type, member)
  })
}

/** A value that `avroReaderOf` read, as Postgres stores it. Strict: a type is itself or one that it contains. */
export function fromAvro(type: SqlType, value: unknown): string | null {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'BOOLEAN':
      if (typeof value === 'boolean') return String(value)
      throw notA(type)
    case 'STRING':
      if (typeof value === 'string') return keptText(value)
      throw notA(type)
    case 'BYTES':
      if (isBytes(value)) return bytesText(value)
      throw notA(type)
    case 'INTEGER':
    case 'DATE':
    case 'TIME':
      if (typeof value === 'number') return wholeText(String(value), 'INTEGER')
      throw notA(type)
    case 'BIGINT':
    case 'TIMESTAMP':
      return wholeText(wholeOf(value, type), 'BIGINT')
    case 'DOUBLE':
      if (typeof value === 'number')
        return Number.isFinite(value) ? doubleText(String(value)) : String(value)
      throw notA(type)
    case 'DECIMAL':
      if (typeof value === 'string') return decimalText(value, type.precision, type.scale)
      throw notA(type)
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return nested(type, value)
  }
}

function nested(
  type: Extract<SqlType, { kind: 'ARRAY' | 'MAP' | 'STRUCT' }>,
  value: unknown,
): string {
  if (type.kind === 'ARRAY') {
    if (!Array.isArray(value)) throw notA(type)
    return `[${value.map((item) => memberText(type.item, fromAvro(type.item, item))).join(',')}]`
  }
  if (!isObject(value)) throw notA(type)
  if (type.kind === 'MAP') {
    const entries = Object.entries(value)
    return objectText(
      entries.map(([name, of]) => [name, memberText(type.value, fromAvro(type.value, of))]),
    )
  }
  const members = fieldsFromAvro(type.fields, value)
  return objectText(
    type.fields.map(({ name, type: of }, at) => [name, memberText(of, members[at] ?? null)]),
  )
}

const notA = ({ kind }: SqlType) => new UnstorableError(`a value that is no ${kind}`)

function wholeOf(value: unknown, type: SqlType): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  throw notA(type)
}
