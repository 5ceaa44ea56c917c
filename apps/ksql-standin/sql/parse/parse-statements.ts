import { parseError } from '#apps/ksql-standin/sql/ksql-error'
import { parseStatement } from '#apps/ksql-standin/sql/parse/parse-statement'
import {
  substituteVariables,
  type Variables,
} from '#apps/ksql-standin/sql/parse/substitute-variables'
import { type StatementTokens, TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import { type Token, tokenise } from '#apps/ksql-standin/sql/parse/tokenise'
import type { Statement } from '#apps/ksql-standin/sql/syntax'

/** Each up to its semicolon, which is part of its text and none of its tokens. */
function split(whole: string): readonly StatementTokens[] {
  const statements: StatementTokens[] = []
  let tokens: Token[] = []
  for (const token of tokenise(whole)) {
    const isEnd = token.kind === 'symbol' && token.value === ';'
    if (token.kind === 'end' && tokens.length > 0) {
      throw parseError("the last statement has no ';'", whole)
    }
    if (!isEnd) tokens.push(token)
    else {
      const end: Token = { kind: 'end', value: '', start: token.start, end: token.start }
      const text = whole.slice((tokens[0] ?? token).start, token.end)
      statements.push({ tokens: [...tokens, end], text, whole })
      tokens = []
    }
  }
  return statements
}

/** DEFINE and UNDEFINE, which answer nothing. */
function define(statement: StatementTokens, variables: Map<string, string>): boolean {
  const reader = new TokenReader(statement)
  if (reader.takeWords('UNDEFINE')) variables.delete(reader.expectName())
  else if (reader.takeWords('DEFINE')) {
    const name = reader.expectName()
    reader.expectSymbol('=')
    variables.set(name, reader.expectText())
  } else return false
  reader.expectEnd()
  return true
}

/**
 * The statements of a text. `variables` are those of the request (`sessionVariables`, names in upper case); null
 * where the endpoint knows none (`/query`). Throws KsqlError: nothing of the text may then be executed.
 */
export function parseStatements(text: string, variables: Variables | null): readonly Statement[] {
  const known = new Map(variables ?? [])
  const parsed: Statement[] = []
  for (const written of split(text)) {
    const statement = variables ? substituteVariables(written, known) : written
    if (!variables || !define(statement, known)) parsed.push(parseStatement(statement))
  }
  return parsed
}

export type { Variables } from '#apps/ksql-standin/sql/parse/substitute-variables'
