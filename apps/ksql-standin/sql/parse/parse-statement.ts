import { type KsqlError, genericError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import { parseCreate } from '#apps/ksql-standin/sql/parse/parse-create'
import { parseSelect } from '#apps/ksql-standin/sql/parse/parse-select'
import { type StatementTokens, TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import { listedThings, type Statement } from '#apps/ksql-standin/sql/syntax'

/** Statements of the real server that are outside of what is answered here. */
const refusedWords = [
  'ALTER',
  'ASSERT',
  'EXPLAIN',
  'INSERT',
  'PAUSE',
  'RESUME',
  'RUN',
  'SET',
  'TERMINATE',
  'UNSET',
]

/** One statement; throws KsqlError. */
export function parseStatement(statement: StatementTokens): Statement {
  const reader = new TokenReader(statement)
  const parsed = worded(reader, statement.text)
  reader.expectEnd()
  return parsed
}

function worded(reader: TokenReader, text: string): Statement {
  if (reader.takeWords('SELECT')) return parseSelect(reader, text)
  if (reader.takeWords('CREATE')) return parseCreate(reader, text)
  if (reader.takeWords('SHOW') || reader.takeWords('LIST')) return show(reader, text)
  if (reader.takeWords('DESCRIBE')) return describe(reader, text)
  if (reader.takeWords('DROP')) return drop(reader, text)
  if (reader.takeWords('PRINT')) {
    reader.skipRest()
    return { kind: 'print', text }
  }
  const word = refusedWords.find((name) => reader.isWord(name))
  if (word === undefined) throw reader.unexpected('a statement')
  return refused(reader, text, word)
}

function refused(reader: TokenReader, text: string, what: string): Statement {
  reader.skipRest()
  const message = `${what} is not answered here`
  const error: KsqlError = what === 'INSERT' ? genericError(message) : statementError(message, text)
  return { kind: 'refused', text, error }
}

function show(reader: TokenReader, text: string): Statement {
  const isAll = reader.isWord('ALL', 'TOPICS') && reader.takeWords('ALL')
  const what = listedThings.find((name) => reader.takeWords(name))
  if (what !== undefined) {
    return { kind: 'show', text, what, isAll, isExtended: reader.takeWords('EXTENDED') }
  }
  const isConnector =
    reader.isWord('CONNECTORS') || reader.isWord('SOURCE') || reader.isWord('SINK')
  if (!isConnector) throw reader.unexpected('what to show')
  return refused(reader, text, 'SHOW CONNECTORS')
}

function describe(reader: TokenReader, text: string): Statement {
  if (reader.isWord('FUNCTION') || reader.isWord('CONNECTOR')) {
    return refused(reader, text, `DESCRIBE ${reader.next().value}`)
  }
  for (const what of ['TABLES', 'STREAMS'] as const) {
    if (reader.takeWords(what)) {
      reader.takeWords('EXTENDED')
      return { kind: 'describeAll', text, what }
    }
  }
  const source = reader.expectName()
  return { kind: 'describe', text, source, isExtended: reader.takeWords('EXTENDED') }
}

function drop(reader: TokenReader, text: string): Statement {
  if (reader.isWord('TYPE') || reader.isWord('CONNECTOR')) {
    return refused(reader, text, `DROP ${reader.next().value}`)
  }
  const what = (['TABLE', 'STREAM'] as const).find((name) => reader.takeWords(name))
  if (what === undefined) throw reader.unexpected('what to drop')
  const isIfExists = reader.takeWords('IF', 'EXISTS')
  const source = reader.expectName()
  const isTopicDeleted = reader.takeWords('DELETE', 'TOPIC')
  return { kind: 'drop', text, what, source, isIfExists, isTopicDeleted }
}
