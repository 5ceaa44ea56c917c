import type { Column, ColumnType } from '#connectors/ksqldb/column-types'
import type { KsqlRow, KsqlValue } from '#ports/ksqldb'
import { parseCents } from '#schemas/values/cents'
import { InvalidValueError, kindOf, textOf } from '#schemas/values/invalid-value'
import { isObject } from '#schemas/plain-json'

const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/**
 * A JSON text read with the text of each number kept, as a list of just that: `[1.50, "x"]` → `[["1.50"], "x"]`. So
 * none of its digits passes through a float. Throws SyntaxError.
 */
export const readKeepingNumbers = (json: string): unknown =>
  JSON.parse(json.replace(stringOrNumber, (token) => (token[0] === '"' ? token : `["${token}"]`)))

const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function textOfNumber(value: unknown): string {
  const [text] = Array.isArray(value) && value.length === 1 ? (value as readonly unknown[]) : []
  if (typeof text === 'string' && numberText.test(text)) return text
  throw new InvalidValueError(`is ${kindOf(value)}; the column is one of numbers`)
}

type Reader = (value: unknown) => KsqlValue

const orNull =
  (read: Reader): Reader =>
  (value) =>
    value === null ? null : read(value)

const text: Reader = (value) => textOf(value, 'the column')

function bool(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new InvalidValueError(`is ${kindOf(value)}; the column is one of true and false`)
}

function whole(value: unknown): string {
  const digits = textOfNumber(value)
  if (/^-?\d+$/.test(digits)) return digits
  throw new InvalidValueError('has a fraction; the column is one of whole numbers')
}

// What is no number of JSON comes as its name.
const double: Reader = (value) =>
  value === 'NaN' || value === 'Infinity' || value === '-Infinity'
    ? Number(value)
    : Number(textOfNumber(value))

const scalars: Readonly<Record<string, Reader>> = {
  BOOLEAN: bool,
  INTEGER: (value) => Number(whole(value)),
  INT: (value) => Number(whole(value)),
  BIGINT: (value) => BigInt(whole(value)),
  DOUBLE: double,
  STRING: text,
  VARCHAR: text,
  BYTES: (value) => Buffer.from(textOf(value, 'the column'), 'base64'),
  DATE: text,
  TIME: text,
  TIMESTAMP: text,
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new InvalidValueError(`is ${kindOf(value)}; the column is one of lists`)
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value
  throw new InvalidValueError(`is ${kindOf(value)}; the column is one of objects`)
}

/** Reads values of a type. Throws SyntaxError for a type that is not known. */
export function readerOf(type: ColumnType): Reader {
  switch (type.kind) {
    case 'scalar': {
      const read = Object.hasOwn(scalars, type.name) ? scalars[type.name] : undefined
      if (!read) throw new SyntaxError(`is no type of ksqlDB: ${type.name}`)
      return orNull(read)
    }
    case 'decimal': {
      const isMoney = type.precision === 12 && type.scale === 2
      return orNull((value) => {
        const digits = textOfNumber(value)
        return isMoney ? parseCents(digits) : digits
      })
    }
    case 'array': {
      const read = readerOf(type.of)
      return orNull((value) => list(value).map(read))
    }
    case 'map': {
      const read = readerOf(type.of)
      const entries = (value: unknown) => Object.entries(object(value))
      return orNull((value) =>
        Object.fromEntries(entries(value).map(([name, one]) => [name, read(one)])),
      )
    }
    case 'struct': {
      const readRow = rowReaderOf(type.members)
      const names = type.members.map(({ name }) => name)
      return orNull((value) => {
        const members = object(value)
        return readRow(names.map((name) => members[name] ?? null))
      })
    }
  }
}

/**
 * Reads the values of a row in the order of the columns. Throws InvalidValueError where they are of other types, and at
 * once SyntaxError for a name that would be no member of an object.
 */
export function rowReaderOf(columns: readonly Column[]): (values: unknown) => KsqlRow {
  const readers = columns.map(({ name, type }) => {
    if (name === '__proto__') throw new SyntaxError('is no name of a column')
    return { name, read: readerOf(type) }
  })
  return (values) => {
    const given = list(values)
    if (given.length !== readers.length) {
      throw new InvalidValueError(`has ${given.length} values for ${readers.length} columns`)
    }
    // A million rows pass here: a plain loop takes a third of what entries take.
    const row: Record<string, KsqlValue> = {}
    for (let at = 0; at < given.length; at += 1) {
      const { name, read } = readers[at]!
      row[name] = read(given[at])
    }
    return row
  }
}
