import { decimalText, doubleText, wholeText } from '#apps/ksql-standin/load/numeral'
import {
  type Members,
  nestedText,
  notA,
  type ValueReading,
} from '#apps/ksql-standin/load/nested-text'
import { bytesText, keptText } from '#apps/ksql-standin/load/stored-text'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

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
      return nestedText(type, value, reading)
  }
}

function wholeOf(value: unknown, type: SqlType): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  throw notA(type)
}

const reading: ValueReading = { isObject, one: fromAvro, fields: fieldsFromAvro }
