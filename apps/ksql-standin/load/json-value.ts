import { parse } from 'lossless-json'
import { decimalText, doubleText, Numeral, wholeText } from '#apps/ksql-standin/load/numeral'
import {
  type Members,
  nestedText,
  notA,
  type ValueReading,
} from '#apps/ksql-standin/load/nested-text'
import { bytesText, keptText } from '#apps/ksql-standin/load/stored-text'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

const options = {
  parseNumber: (text: string) => new Numeral(text),
  onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue,
}

/** JSON whose numbers keep their digits; of a member that comes twice the last counts. Throws UnstorableError. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return parse(bytes.toString('utf8'), undefined, options)
  } catch {
    throw new UnstorableError('a value that is no JSON')
  }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Numeral)

/**
 * What an object says of the fields: by the exact name, else by a name that is the same in upper case. Throws
 * UnstorableError where it is no object, or a member is not of its type.
 */
export function fieldsFromJson(
  fields: readonly SqlField[],
  value: unknown,
): readonly (string | null)[] {
  if (!isObject(value)) throw new UnstorableError('a value that is no JSON object')
  const byUpperCase = new Map(Object.entries(value).map(([name, of]) => [name.toUpperCase(), of]))
  return fields.map(({ name, type }) => {
    const member = Object.hasOwn(value, name) ? value[name] : byUpperCase.get(name)
    return fromJson(type, member)
  })
}

/**
 * A value of JSON as Postgres stores it. Lenient where ksqlDB is: a number or an object for a STRING, digits in quotes
 * for a number, a fraction for a whole number.
 */
export function fromJson(type: SqlType, value: unknown): string | null {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'BOOLEAN':
      if (typeof value === 'boolean') return String(value)
      throw notA(type)
    case 'STRING':
      return keptText(textOf(value))
    case 'BYTES':
      return bytesText(base64(value))
    case 'DATE':
    case 'TIME':
      return wholeText(numberOf(value, type).text, 'INTEGER', true)
    case 'TIMESTAMP':
      return wholeText(numberOf(value, type).text, 'BIGINT', true)
    case 'INTEGER':
    case 'BIGINT':
      return wholeText(digitsOf(value, type), type.kind, value instanceof Numeral)
    case 'DOUBLE':
      return doubleText(digitsOf(value, type))
    case 'DECIMAL':
      return decimalText(digitsOf(value, type), type.precision, type.scale)
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return nestedText(type, value, reading)
  }
}

function numberOf(value: unknown, type: SqlType): Numeral {
  if (value instanceof Numeral) return value
  throw notA(type)
}

const digitsOf = (value: unknown, type: SqlType): string =>
  typeof value === 'string' ? value : numberOf(value, type).text

function base64(value: unknown): Buffer {
  const isText = typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
  if (isText && value.length % 4 === 0) return Buffer.from(value, 'base64')
  throw new UnstorableError('a value that is no base64')
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Numeral) return value.text
  return typeof value === 'boolean' ? String(value) : jsonText(value)
}

/** JSON as it was, without its blanks. */
function jsonText(value: unknown): string {
  if (value instanceof Numeral) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value)
  return `{${members.map(([name, of]) => `${JSON.stringify(name)}:${jsonText(of)}`).join(',')}}`
}

const reading: ValueReading = { isObject, one: fromJson, fields: fieldsFromJson }
