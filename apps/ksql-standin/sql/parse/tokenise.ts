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

const patterns: readonly (readonly [kind: TokenKind | 'space', pattern: RegExp])[] = [
  ['space', /\s+|--[^\n]*|\/\*[^]*?\*\//],
  ['word', /[A-Za-z_][A-Za-z0-9_@]*/],
  ['double', /(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+/],
  ['decimal', /\d+\.\d*|\.\d+/],
  ['integer', /\d+/],
  ['string', /'[^']*(?:''[^']*)*'/],
  ['name', /`[^`]*(?:``[^`]*)*`|"[^"]*(?:""[^"]*)*"/],
  ['variable', /\$\{\s*[A-Za-z_][A-Za-z0-9_]*\s*\}/],
  ['symbol', /\|\||->|=>|:=|<>|!=|<=|>=|[=<>+\-*/%()[\],.;:]/],
]
/** One of them, by the number of its group. */
const anyToken = new RegExp(patterns.map(([, { source }]) => `(${source})`).join('|'), 'y')

function valueOf(kind: TokenKind, text: string): string {
  switch (kind) {
    case 'word':
      return text.toUpperCase()
    case 'string':
    case 'name': {
      const quote = text[0]!
      return text.slice(1, -1).replaceAll(quote + quote, quote)
    }
    case 'variable':
      return text.slice(2, -1).trim().toUpperCase()
    case 'symbol':
      return text === '!=' ? '<>' : text
    case 'integer':
    case 'decimal':
    case 'double':
    case 'end':
      return text
  }
}

/** `1abc` is no number followed by a name, `` is no name, `/*` without an end no division. */
function isToken(kind: TokenKind, text: string, after: string): boolean {
  if (kind === 'integer' || kind === 'decimal' || kind === 'double') return !/[A-Za-z_]/.test(after)
  if (kind === 'name') return text.length > 2
  return kind !== 'symbol' || text !== '/' || after !== '*'
}

/** The tokens of a text, without spaces and comments, one of kind `end` last. Throws KsqlError. */
export function tokenise(source: string): readonly Token[] {
  if (source.includes('\0')) throw parseError('the character U+0000 has no place here', source)
  const tokens: Token[] = []
  let start = 0
  while (start < source.length) {
    anyToken.lastIndex = start
    const found = anyToken.exec(source)
    const [kind] =
      patterns[(found?.findIndex((group, at) => at > 0 && group !== undefined) ?? 0) - 1] ?? []
    const text = found?.[0] ?? ''
    const end = start + text.length
    if (kind === undefined || (kind !== 'space' && !isToken(kind, text, source[end] ?? ''))) {
      const line = source.slice(0, start).split('\n').length
      throw parseError(`line ${line}: nothing begins with '${source[start]}' here`, source)
    }
    if (kind !== 'space') tokens.push({ kind, value: valueOf(kind, text), start, end })
    start = end
  }
  return [...tokens, { kind: 'end', value: '', start, end: start }]
}
