import { parseError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import type { StatementTokens } from '#apps/ksql-standin/sql/parse/token-reader'
import { type Token, tokenise } from '#apps/ksql-standin/sql/parse/tokenise'

/** Session variables by name in upper case. */
export type Variables = ReadonlyMap<string, string>

const inText = /\$\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}/g

function valueOf(name: string, variables: Variables): string {
  const value = variables.get(name.toUpperCase())
  const variable = `\${${name.toUpperCase()}}`
  if (value === undefined) throw statementError(`${variable} is not defined`, variable)
  return value
}

/** Outside of quotes a variable stands for one word or one value, never for a piece of a statement. */
function single(name: string, { text }: StatementTokens, variables: Variables): string {
  const value = valueOf(name, variables)
  const [only, end] = tokenise(value)
  const isValue = only && only.kind !== 'symbol' && only.kind !== 'variable'
  if (!isValue || end?.kind !== 'end')
    throw parseError(`\${${name}} is neither a name nor a value`, text)
  return value.slice(only.start, only.end)
}

const hasVariable = ({ kind, value }: Token) =>
  kind === 'variable' || (kind === 'string' && value.search(inText) >= 0)

/** The statement with its variables put in; a quote in a variable stays inside the text it was put into. */
export function substituteVariables(
  statement: StatementTokens,
  variables: Variables,
): StatementTokens {
  if (!statement.tokens.some(hasVariable)) return statement
  const { tokens, whole } = statement
  const pieces: string[] = []
  let at = tokens[0]!.start
  for (const token of tokens.filter(hasVariable)) {
    const written = whole.slice(token.start, token.end)
    const put =
      token.kind === 'variable'
        ? single(token.value, statement, variables)
        : written.replace(inText, (_, name: string) =>
            valueOf(name, variables).replaceAll("'", "''"),
          )
    pieces.push(whole.slice(at, token.start), put)
    at = token.end
  }
  const text = pieces.join('') + whole.slice(at, tokens.at(-1)!.start) + ';'
  const read = tokenise(text)
  return {
    tokens: read.filter(({ kind, value }) => kind !== 'symbol' || value !== ';'),
    text,
    whole: text,
  }
}
