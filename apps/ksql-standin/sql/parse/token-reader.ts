import { type KsqlError, parseError } from '#apps/ksql-standin/sql/ksql-error'
import type { Token } from '#apps/ksql-standin/sql/parse/tokenise'
import { reservedWords } from '#apps/ksql-standin/sql/reserved-words'

/** How deep a statement may nest: beyond that the stack is at stake, not the meaning. */
const depthMax = 250

/** A statement among others: its tokens, its own text, and the text of them all. */
export interface StatementTokens {
  readonly tokens: readonly Token[]
  readonly text: string
  readonly whole: string
}

/** Reads the tokens of a statement one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[]
  readonly #text: string
  readonly #whole: string
  #at = 0
  #depth = 0

  constructor({ tokens, text, whole }: StatementTokens) {
    this.#tokens = tokens
    this.#text = text
    this.#whole = whole
  }

  get token(): Token {
    return this.#tokens[this.#at]!
  }

  /** The one `ahead` of it. */
  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!
  }

  next(): Token {
    const token = this.token
    if (token.kind !== 'end') this.#at++
    return token
  }

  isWord(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead)
      return token.kind === 'word' && token.value === word
    })
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.value === symbol
  }

  /** Whether these words came; they are then behind us. */
  takeWords(...words: readonly string[]): boolean {
    if (!this.isWord(...words)) return false
    this.#at += words.length
    return true
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.#at++
    return true
  }

  expectWord(word: string): void {
    if (!this.takeWords(word)) throw this.unexpected(word)
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected(`'${symbol}'`)
  }

  expectText(): string {
    if (this.token.kind !== 'string') throw this.unexpected('a text in quotes')
    return this.next().value
  }

  get isName(): boolean {
    const { kind, value } = this.token
    return kind === 'name' || (kind === 'word' && !reservedWords.has(value))
  }

  expectName(): string {
    if (!this.isName) throw this.unexpected('a name')
    return this.next().value
  }

  /** One or more of them, with commas between. */
  list<T>(read: () => T): readonly T[] {
    const found = [read()]
    while (this.takeSymbol(',')) found.push(read())
    return found
  }

  /** What nests in itself passes here. */
  nested<T>(read: () => T): T {
    if (++this.#depth > depthMax) throw parseError('the statement nests too deep', this.#text)
    const result = read()
    this.#depth--
    return result
  }

  /** Of a statement that is refused anyway. */
  skipRest(): void {
    while (this.token.kind !== 'end') this.next()
  }

  /** Nothing more may come. */
  expectEnd(): void {
    if (this.token.kind !== 'end') throw this.unexpected("';'")
  }

  /** What is no SQL at all: no statement beside it counts, so the complaint is about the whole text. */
  unexpected(wanted: string): KsqlError {
    const { kind, value, start } = this.token
    const line = this.#whole.slice(0, start).split('\n').length
    const found = kind === 'end' ? 'the end' : `'${value}'`
    return parseError(`line ${line}: ${found} where ${wanted} was expected`, this.#whole)
  }

  /** What is SQL and cannot be. */
  refuse(message: string): KsqlError {
    return parseError(message, this.#text)
  }
}
