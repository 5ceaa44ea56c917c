import { InvalidValueError, kindOf } from '#schemas/values/invalid-value'

/**
 * A statement of ksqlDB, or a part of one, in which every value is a literal and every name an identifier. Only `ksql`,
 * `identifier` and `decimal` make one, so that no text of a caller's is ever read as SQL.
 */
export class KsqlText {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /** For this file alone. */
  static of(this: void, text: string, key: typeof madeHere): KsqlText {
    if (key !== madeHere) throw new TypeError('a statement is made by ksql`…`')
    return new KsqlText(text)
  }

  toString(): string {
    return this.#text
  }
}

const madeHere = Symbol('made by ksql')
const made = (text: string): KsqlText => KsqlText.of(text, madeHere)

/** What may stand in a placeholder; a list becomes `(…)`. */
export type KsqlPart =
  KsqlText | string | number | bigint | boolean | readonly (string | number | bigint)[]

/**
 * A statement: ksql`SELECT * FROM ${identifier('payments')} WHERE payment_id = ${id};`. Throws InvalidValueError for a
 * value that has no literal (a fraction is written by `decimal`), and TypeError for a placeholder inside quotes.
 */
export function ksql(fixed: TemplateStringsArray, ...parts: readonly KsqlPart[]): KsqlText {
  checkQuotes(fixed)
  return made(fixed.reduce((text, next, at) => text + literal(parts[at - 1]!) + next))
}

// Each fixed piece is whole by itself: a quote that is open at its end would swallow the placeholder.
function checkQuotes(fixed: readonly string[]): void {
  const isOpen = (piece: string) =>
    /['"`]|--|\/\*/.test(piece.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, ''))
  if (fixed.length > 1 && fixed.some(isOpen)) {
    throw new TypeError('a placeholder stands by itself, not inside quotes or behind a comment')
  }
}

/** The name of a table or column as it is without quotes, so upper case; reserved words may be names, too. */
export function identifier(name: string): KsqlText {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,127}$/.test(name)) {
    throw new InvalidValueError('is no identifier: letters, digits and _, beginning with a letter')
  }
  return made(`\`${name.toUpperCase()}\``)
}

/** A decimal by its text, such as `10.50`: it never passes through a float. */
export function decimal(text: string): KsqlText {
  if (!/^-?\d{1,38}(\.\d{1,38})?$/.test(text)) {
    throw new InvalidValueError('is no decimal such as 10.50')
  }
  return made(signed(text))
}

// Behind a minus another one would begin a comment.
const signed = (digits: string): string => (digits.startsWith('-') ? ` ${digits}` : digits)

function literal(part: KsqlPart): string {
  if (part instanceof KsqlText) return part.toString()
  if (typeof part === 'string') return quoted(part)
  if (typeof part === 'boolean') return part ? 'TRUE' : 'FALSE'
  if (typeof part === 'number' || typeof part === 'bigint') return whole(part)
  if (!Array.isArray(part)) throw new InvalidValueError(`is ${kindOf(part)}; it has no literal`)
  if (part.length === 0) throw new InvalidValueError('is an empty list; it has no literal')
  return `(${part.map((one: string | number | bigint) => literal(one)).join(', ')})`
}

const int64Max = 2n ** 63n

function whole(value: number | bigint): string {
  const isWhole =
    typeof value === 'bigint'
      ? value >= -int64Max && value < int64Max
      : Number.isSafeInteger(value) && !Object.is(value, -0)
  if (!isWhole) throw new InvalidValueError('is no whole number of 64 bits; it has no literal')
  return signed(String(value))
}

// Beside controls: halves of characters, which no UTF-8 has, and what the server may read as a variable of its own.
const unquotable = /[\p{Cc}\p{Cs}\u2028\u2029]|\$\{/u

function quoted(value: string): string {
  if (unquotable.test(value)) {
    throw new InvalidValueError(
      'has a control character, half a character or ${; it has no literal',
    )
  }
  return `'${value.replaceAll("'", "''")}'`
}
