/** A type of SQL as ksqlDB writes it. */
export type ColumnType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly of: ColumnType }
  | { readonly kind: 'map'; readonly of: ColumnType }
  | { readonly kind: 'struct'; readonly members: readonly Column[] }

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

const token = /\s*(?:`((?:[^`]|``)*)`|([A-Za-z_][A-Za-z0-9_]*)|(\d+)|([<>(),]))/y

/** The pieces of a schema: names in back-ticks, words, numbers and marks. */
class Tokens {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text.trimEnd()
  }

  get isOver(): boolean {
    return this.#at >= this.#text.length
  }

  #next() {
    token.lastIndex = this.#at
    const [, name, word, digits, mark] = token.exec(this.#text) ?? []
    const after = token.lastIndex
    return { name: name?.replaceAll('``', '`'), word, digits, mark, after }
  }

  take(kind: 'name' | 'word' | 'digits' | 'mark'): string {
    const next = this.#next()
    const found = next[kind]
    if (found === undefined) throw new SyntaxError('is no type of ksqlDB')
    this.#at = next.after
    return found
  }

  /** Takes the mark or word where it comes next. */
  has(expected: string): boolean {
    const next = this.#next()
    if (next.mark !== expected && next.word !== expected) return false
    this.#at = next.after
    return true
  }

  expect(mark: string): void {
    if (!this.has(mark)) throw new SyntaxError('is no type of ksqlDB')
  }
}

/** One type, such as ``STRUCT<`NAME` STRING>``. Throws SyntaxError. */
export function parseType(text: string): ColumnType {
  const tokens = new Tokens(text)
  const type = typeIn(tokens)
  if (!tokens.isOver) throw new SyntaxError('is no type of ksqlDB')
  return type
}

/** The columns of a header of v1: `` `ID` STRING KEY, `AMOUNT` DECIMAL(12, 2)``. Throws SyntaxError. */
export function parseColumns(schema: string): readonly Column[] {
  const tokens = new Tokens(schema)
  if (tokens.isOver) return []
  const columns = membersIn(tokens)
  if (!tokens.isOver) throw new SyntaxError('is no type of ksqlDB')
  return columns
}

function membersIn(tokens: Tokens): readonly Column[] {
  const members: Column[] = []
  do {
    members.push({ name: tokens.take('name'), type: typeIn(tokens) })
    tokens.has('KEY')
  } while (tokens.has(','))
  return members
}

function typeIn(tokens: Tokens): ColumnType {
  const name = tokens.take('word')
  if (name === 'DECIMAL') return decimalIn(tokens)
  if (name !== 'ARRAY' && name !== 'MAP' && name !== 'STRUCT') return { kind: 'scalar', name }
  tokens.expect('<')
  const type = nestedIn(name, tokens)
  tokens.expect('>')
  return type
}

function nestedIn(name: 'ARRAY' | 'MAP' | 'STRUCT', tokens: Tokens): ColumnType {
  if (name === 'ARRAY') return { kind: 'array', of: typeIn(tokens) }
  if (name === 'STRUCT') return { kind: 'struct', members: membersIn(tokens) }
  typeIn(tokens)
  tokens.expect(',')
  return { kind: 'map', of: typeIn(tokens) }
}

function decimalIn(tokens: Tokens): ColumnType {
  tokens.expect('(')
  const precision = Number(tokens.take('digits'))
  tokens.expect(',')
  const scale = Number(tokens.take('digits'))
  tokens.expect(')')
  return { kind: 'decimal', precision, scale }
}
