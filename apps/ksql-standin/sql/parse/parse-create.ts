import { quoted } from '#apps/ksql-standin/sql/identifier'
import { statementError } from '#apps/ksql-standin/sql/ksql-error'
import { parseType } from '#apps/ksql-standin/sql/parse/parse-type'
import type { TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import type { ColumnDefinition, PropertyValue, Statement } from '#apps/ksql-standin/sql/syntax'

function column(reader: TokenReader): ColumnDefinition {
  const name = reader.expectName()
  const type = parseType(reader)
  if (reader.takeWords('PRIMARY', 'KEY')) return { name, type, constraint: 'PRIMARY KEY' }
  // The server names the column instead of the statement.
  if (reader.takeWords('KEY')) {
    throw statementError(`${name} of a table wants PRIMARY KEY`, quoted(name))
  }
  if (reader.isWord('HEADERS') || reader.isWord('HEADER')) {
    throw reader.refuse('columns of headers are not known here')
  }
  return { name, type, constraint: null }
}

function columns(reader: TokenReader): readonly ColumnDefinition[] {
  if (!reader.takeSymbol('(')) return []
  const found = reader.list(() => column(reader))
  reader.expectSymbol(')')
  if (new Set(found.map(({ name }) => name)).size < found.length) {
    throw reader.refuse('a column is named twice')
  }
  return found
}

function propertyValue(reader: TokenReader): PropertyValue {
  const { kind, value } = reader.token
  const isNegative = kind === 'symbol' && value === '-'
  if (isNegative) reader.next()
  const token = reader.token
  if (token.kind === 'string' && !isNegative) return { value: reader.next().value, isText: true }
  if (token.kind === 'integer') {
    return { value: (isNegative ? '-' : '') + reader.next().value, isText: false }
  }
  if (reader.isWord('TRUE') || reader.isWord('FALSE')) {
    return { value: reader.next().value.toLowerCase(), isText: false }
  }
  throw reader.unexpected('a value')
}

function properties(reader: TokenReader): ReadonlyMap<string, PropertyValue> {
  const found = new Map<string, PropertyValue>()
  if (!reader.takeWords('WITH')) return found
  reader.expectSymbol('(')
  reader.list(() => {
    const isText = reader.token.kind === 'string'
    const name = (isText ? reader.expectText() : reader.expectName()).toUpperCase()
    reader.expectSymbol('=')
    const value = propertyValue(reader)
    if (found.has(name)) throw reader.refuse(`${name} is given twice`)
    found.set(name, value)
  })
  reader.expectSymbol(')')
  return found
}

/** A CREATE statement, after CREATE; of what is no source table it is only said that it is refused. */
export function parseCreate(reader: TokenReader, text: string): Statement {
  const refused = (what: string): Statement => ({
    kind: 'refused',
    text,
    error: statementError(`${what} is not answered here`, text),
  })
  const isOrReplace = reader.takeWords('OR', 'REPLACE')
  const isSource = reader.takeWords('SOURCE')
  if (reader.isWord('STREAM') || reader.isWord('TYPE') || reader.isWord('CONNECTOR')) {
    const what = reader.next().value
    reader.skipRest()
    return refused(`CREATE ${what}`)
  }
  reader.expectWord('TABLE')
  const isIfNotExists = reader.takeWords('IF', 'NOT', 'EXISTS')
  const name = reader.expectName()
  const defined = columns(reader)
  const given = properties(reader)
  if (reader.takeWords('AS')) {
    reader.skipRest()
    return refused('CREATE TABLE … AS SELECT')
  }
  return {
    kind: 'createTable',
    text,
    name,
    isSource,
    isOrReplace,
    isIfNotExists,
    columns: defined,
    properties: given,
  }
}
