import type { TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import type { ScalarKind, SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

const scalars: ReadonlyMap<string, ScalarKind> = new Map([
  ['BOOLEAN', 'BOOLEAN'],
  ['INT', 'INTEGER'],
  ['INTEGER', 'INTEGER'],
  ['BIGINT', 'BIGINT'],
  ['DOUBLE', 'DOUBLE'],
  ['VARCHAR', 'STRING'],
  ['STRING', 'STRING'],
  ['BYTES', 'BYTES'],
  ['DATE', 'DATE'],
  ['TIME', 'TIME'],
  ['TIMESTAMP', 'TIMESTAMP'],
])
const precisionMax = 38

function size(reader: TokenReader): number {
  if (reader.token.kind !== 'integer') throw reader.unexpected('a number')
  return Number(reader.next().value)
}

function decimal(reader: TokenReader): SqlType {
  reader.expectSymbol('(')
  const precision = size(reader)
  reader.expectSymbol(',')
  const scale = size(reader)
  reader.expectSymbol(')')
  if (precision < 1 || precision > precisionMax || scale > precision) {
    throw reader.refuse(`DECIMAL(${precision}, ${scale}) is no type`)
  }
  return { kind: 'DECIMAL', precision, scale }
}

function struct(reader: TokenReader): SqlType {
  const fields = reader.list((): SqlField => ({
    name: reader.expectName(),
    type: parseType(reader),
  }))
  reader.expectSymbol('>')
  if (new Set(fields.map(({ name }) => name)).size < fields.length) {
    throw reader.refuse('a STRUCT names a member twice')
  }
  return { kind: 'STRUCT', fields }
}

function typeNamed(reader: TokenReader, name: string): SqlType {
  const scalar = scalars.get(name)
  if (scalar) {
    // VARCHAR(STRING) and VARCHAR(255) are written by some; the size means nothing.
    if (name === 'VARCHAR' && reader.takeSymbol('(')) {
      size(reader)
      reader.expectSymbol(')')
    }
    return { kind: scalar }
  }
  if (name === 'DECIMAL' || name === 'DEC') return decimal(reader)
  if (name !== 'ARRAY' && name !== 'MAP' && name !== 'STRUCT') {
    throw reader.refuse(`there is no type ${name}`)
  }
  reader.expectSymbol('<')
  if (name === 'STRUCT') return struct(reader)
  const first = parseType(reader)
  if (name === 'ARRAY') {
    reader.expectSymbol('>')
    return { kind: 'ARRAY', item: first }
  }
  reader.expectSymbol(',')
  const value = parseType(reader)
  reader.expectSymbol('>')
  if (first.kind !== 'STRING') throw reader.refuse('only maps from STRING are known here')
  return { kind: 'MAP', key: first, value }
}

/** A type as statements write it. */
export const parseType = (reader: TokenReader): SqlType =>
  reader.nested(() => {
    if (reader.token.kind !== 'word') throw reader.unexpected('a type')
    return typeNamed(reader, reader.next().value)
  })
