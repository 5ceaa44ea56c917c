import { parseExpression } from '#apps/ksql-standin/sql/parse/parse-expression'
import type { TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import type { Expression, Select, SelectItem } from '#apps/ksql-standin/sql/syntax'

function item(reader: TokenReader): SelectItem {
  if (reader.takeSymbol('*')) return { kind: 'star', qualifier: null }
  const isQualifiedStar = reader.peek(1).value === '.' && reader.peek(2).value === '*'
  if (reader.isName && isQualifiedStar && reader.peek(2).kind === 'symbol') {
    const qualifier = reader.expectName()
    reader.expectSymbol('.')
    reader.expectSymbol('*')
    return { kind: 'star', qualifier }
  }
  const of = parseExpression(reader)
  return { kind: 'value', of, alias: alias(reader) }
}

function alias(reader: TokenReader): string | null {
  if (reader.takeWords('AS')) return reader.expectName()
  return reader.isName ? reader.expectName() : null
}

const joins = [
  ['JOIN'],
  ['INNER', 'JOIN'],
  ['LEFT', 'JOIN'],
  ['LEFT', 'OUTER', 'JOIN'],
  ['RIGHT', 'JOIN'],
  ['RIGHT', 'OUTER', 'JOIN'],
  ['FULL', 'JOIN'],
  ['FULL', 'OUTER', 'JOIN'],
] as const

function takeJoin(reader: TokenReader): boolean {
  if (!joins.some((words) => reader.takeWords(...words))) return false
  reader.expectName()
  relationAlias(reader)
  if (reader.takeWords('WITHIN')) skipWindow(reader)
  reader.expectWord('ON')
  parseExpression(reader)
  return true
}

/** `PARTITION BY` and `EMIT …` begin with words that are names elsewhere. */
const relationAlias = (reader: TokenReader): string | null =>
  reader.isWord('PARTITION', 'BY') || reader.isWord('EMIT') ? null : alias(reader)

function skipWindow(reader: TokenReader): void {
  const isInBrackets = reader.isSymbol('(')
  while (reader.token.kind !== 'end' && !reader.isWord('ON')) {
    if (isInBrackets && reader.takeSymbol(')')) return
    if (!isInBrackets && reader.isWord('GROUP')) return
    reader.next()
  }
}

/** Clauses that no pull query may have: read to their end, kept by name. */
function grouping(reader: TokenReader): readonly string[] {
  const clauses: string[] = []
  const take = (...words: readonly string[]) => {
    if (!reader.takeWords(...words)) return false
    clauses.push(words.join(' '))
    return true
  }
  const list = () => reader.list(() => parseExpression(reader))
  if (take('GROUP', 'BY')) list()
  if (take('PARTITION', 'BY')) list()
  if (take('HAVING')) parseExpression(reader)
  return clauses
}

function emit(reader: TokenReader): 'CHANGES' | 'FINAL' | null {
  if (reader.takeWords('EMIT', 'CHANGES')) return 'CHANGES'
  return reader.takeWords('EMIT', 'FINAL') ? 'FINAL' : null
}

function limit(reader: TokenReader): string | null {
  if (!reader.takeWords('LIMIT')) return null
  const sign = reader.takeSymbol('-') ? '-' : ''
  if (reader.token.kind !== 'integer') throw reader.unexpected('a number')
  return sign + reader.next().value
}

/** A query, after SELECT and up to its end. */
export function parseSelect(reader: TokenReader, text: string): Select {
  const items = reader.list(() => item(reader))
  reader.expectWord('FROM')
  const source = reader.expectName()
  const named = relationAlias(reader)
  const clauses: string[] = []
  while (takeJoin(reader)) clauses.push('JOIN')
  if (reader.takeWords('WINDOW')) {
    clauses.push('WINDOW')
    skipWindow(reader)
  }
  const where: Expression | null = reader.takeWords('WHERE') ? parseExpression(reader) : null
  clauses.push(...grouping(reader))
  const changes = emit(reader)
  const rows = limit(reader)
  return {
    kind: 'select',
    text,
    items,
    source,
    alias: named,
    where,
    clauses,
    emit: changes,
    limit: rows,
  }
}
