import { parseType } from '#apps/ksql-standin/sql/parse/parse-type'
import type { TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import type { Case, Expression, NamedExpression } from '#apps/ksql-standin/sql/syntax'

type Inner = (reader: TokenReader) => Expression

/** How many `->` and `[…]` may follow each other. */
const stepsMax = 100

/** A value and the steps into it. `inner` reads what stands in its brackets. */
export function parsePrimary(reader: TokenReader, inner: Inner): Expression {
  let found = simple(reader, inner)
  for (let steps = 0; ; steps++) {
    if (steps > stepsMax) throw reader.refuse('too many steps follow each other')
    if (reader.takeSymbol('->')) found = { kind: 'member', of: found, name: reader.expectName() }
    else if (reader.takeSymbol('[')) {
      found = { kind: 'subscript', of: found, index: inner(reader) }
      reader.expectSymbol(']')
    } else return found
  }
}

function simple(reader: TokenReader, inner: Inner): Expression {
  const { kind, value } = reader.token
  switch (kind) {
    case 'string':
      reader.next()
      return { kind, value }
    case 'integer':
    case 'decimal':
    case 'double':
      reader.next()
      return { kind, digits: value }
    case 'symbol':
      return bracketed(reader, inner)
    case 'word':
    case 'name':
      return worded(reader, inner)
    case 'variable':
    case 'end':
      throw reader.unexpected('a value')
  }
}

function bracketed(reader: TokenReader, inner: Inner): Expression {
  if (!reader.takeSymbol('(')) throw reader.unexpected('a value')
  const found = inner(reader)
  reader.expectSymbol(')')
  return found
}

function worded(reader: TokenReader, inner: Inner): Expression {
  if (reader.takeWords('TRUE')) return { kind: 'boolean', value: true }
  if (reader.takeWords('FALSE')) return { kind: 'boolean', value: false }
  if (reader.takeWords('NULL')) return { kind: 'null' }
  if (reader.takeWords('CASE')) return parseCase(reader, inner)
  if (reader.takeWords('CAST')) return parseCast(reader, inner)
  const isConstructor = (name: string, opening: string) =>
    reader.isWord(name) && reader.peek(1).kind === 'symbol' && reader.peek(1).value === opening
  if (isConstructor('STRUCT', '(')) return parseStruct(reader, inner)
  if (isConstructor('ARRAY', '[')) return parseArray(reader, inner)
  if (isConstructor('MAP', '(')) return parseMap(reader, inner)
  const name = reader.expectName()
  if (reader.takeSymbol('(')) return parseCall(reader, name.toUpperCase(), inner)
  if (reader.takeSymbol('.')) return { kind: 'column', qualifier: name, name: reader.expectName() }
  return { kind: 'column', qualifier: null, name }
}

function parseCase(reader: TokenReader, inner: Inner): Case {
  const operand = reader.isWord('WHEN') ? null : inner(reader)
  const whens: { when: Expression; then: Expression }[] = []
  while (reader.takeWords('WHEN')) {
    const when = inner(reader)
    reader.expectWord('THEN')
    whens.push({ when, then: inner(reader) })
  }
  if (whens.length === 0) throw reader.unexpected('WHEN')
  const otherwise = reader.takeWords('ELSE') ? inner(reader) : null
  reader.expectWord('END')
  return { kind: 'case', operand, whens, otherwise }
}

function parseCast(reader: TokenReader, inner: Inner): Expression {
  reader.expectSymbol('(')
  const of = inner(reader)
  reader.expectWord('AS')
  const type = parseType(reader)
  reader.expectSymbol(')')
  return { kind: 'cast', of, type }
}

function parseCall(reader: TokenReader, name: string, inner: Inner): Expression {
  if (reader.takeSymbol(')')) return { kind: 'call', name, args: [], isStar: false }
  const isStar = reader.takeSymbol('*')
  const args = isStar ? [] : reader.list(() => inner(reader))
  reader.expectSymbol(')')
  return { kind: 'call', name, args, isStar }
}

function parseStruct(reader: TokenReader, inner: Inner): Expression {
  reader.next()
  reader.expectSymbol('(')
  const members = reader.list((): NamedExpression => {
    const name = reader.expectName()
    reader.expectSymbol(':=')
    return { name, of: inner(reader) }
  })
  reader.expectSymbol(')')
  return { kind: 'struct', members }
}

function parseArray(reader: TokenReader, inner: Inner): Expression {
  reader.next()
  reader.expectSymbol('[')
  const items = reader.list(() => inner(reader))
  reader.expectSymbol(']')
  return { kind: 'array', items }
}

function parseMap(reader: TokenReader, inner: Inner): Expression {
  reader.next()
  reader.expectSymbol('(')
  const entries = reader.list((): readonly [Expression, Expression] => {
    const key = inner(reader)
    reader.expectSymbol(':=')
    return [key, inner(reader)]
  })
  reader.expectSymbol(')')
  return { kind: 'map', entries }
}
