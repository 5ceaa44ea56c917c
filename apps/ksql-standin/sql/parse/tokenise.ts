import { parseError } from '#apps/ksql-standin/sql/ksql-error'

/**
 * A `word` is unquoted and in upper case, a `name` was quoted and keeps its case; `variable` is `${…}` outside of
 * quotes.
 */
export type TokenKind =
  'word' | 'name' | 'string' | 'integer' | 'decimal' | 'double' | 'symbol' | 'variable' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** What it means: without quotes, a word in upper case. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const space = /\s+|--[^\n]*|\/\*[^]*?\*\//y
const word = /[A-Za-z_][A-Za-z0-9_@]*/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const variable = /\$\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}/y
const text = /'((?:[^']|'')*)'/y
const backTicked = /`((?:[^`]|``)+)`/y
const doubleQuoted = /"((?:[^"]|"")+)"/y
const symbol = /\|\||->|=>|:=|<>|!=|<=|>=|[=<>+\-*/%()[\],.;:]/y

const matched = (pattern: RegExp, source: string, at: number) => {
  pattern.lastIndex = at
  return pattern.exec(source)
}

const numberKind = (digits: string): TokenKind => {
  if (/[eE]/.test(digits)) return 'double'
  return digits.includes('.') ? 'decimal' : 'integer'
}

function read(source: string, start: number): Token | undefined {
  const token = (kind: TokenKind, value: string, length: number) => ({
    kind,
    value,
    start,
    end: start + length,
  })
  const found = matched(word, source, start)
  if (found) return token('word', found[0].toUpperCase(), found[0].length)
  const digits = matched(number, source, start)
  if (digits) {
    // `1abc` is no number followed by a name.
    const isName = matched(word, source, start + digits[0].length) !== null
    return isName ? undefined : token(numberKind(digits[0]), digits[0], digits[0].length)
  }
  const named = matched(variable, source, start)
  if (named) return token('variable', named[1]!.toUpperCase(), named[0].length)
  const quoted = matched(text, source, start)
  if (quoted) return token('string', quoted[1]!.replaceAll("''", "'"), quoted[0].length)
  const ticked = matched(backTicked, source, start)
  if (ticked) return token('name', ticked[1]!.replaceAll('``', '`'), ticked[0].length)
  const doubled = matched(doubleQuoted, source, start)
  if (doubled) return token('name', doubled[1]!.replaceAll('""', '"'), doubled[0].length)
  const sign = matched(symbol, source, start)
  return sign ? token('symbol', sign[0] === '!=' ? '<>' : sign[0], sign[0].length) : undefined
}

/** The tokens of a text, without spaces and comments, one of kind `end` last. Throws KsqlError. */
export function tokenise(source: string): readonly Token[] {
  if (source.includes('\0')) throw parseError('the character U+0000 has no place here', source)
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const skipped = matched(space, source, at)
    if (skipped) {
      at += skipped[0].length
      continue
    }
    const token = read(source, at)
    if (!token) {
      const line = source.slice(0, at).split('\n').length
      throw parseError(`line ${line}: nothing begins with '${source[at]}' here`, source)
    }
    tokens.push(token)
    at = token.end
  }
  return [...tokens, { kind: 'end', value: '', start: at, end: at }]
}
