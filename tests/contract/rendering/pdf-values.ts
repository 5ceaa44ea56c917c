/** An object that is referred to by its number. */
export interface PdfReference {
  readonly id: number
}

export interface PdfDictionary {
  readonly [name: string]: PdfValue | undefined
}

/** A value as PDF writes it: names begin with `/`, strings are bytes, whatever else has no quotes is a word. */
export type PdfValue =
  | number
  | string
  | Buffer
  | readonly PdfValue[]
  | PdfReference
  | { readonly members: PdfDictionary }

/** A text of Latin-1 that is read from `at` on. */
export interface Reading {
  readonly text: string
  at: number
}

const blanks = /(?:[\s\0]|%[^\r\n]*)*/y
const reference = /(\d+)\s+\d+\s+R\b/y
const number = /[-+]?(?:\d+\.?\d*|\.\d+)/y
const name = /\/[^\s\0()<>[\]{}/%]*/y
const hex = /<([0-9a-fA-F\s]*)>/y
const word = /[^\s\0()<>[\]{}/%]+/y

/** The next value; undefined at the end. Throws where it is none. */
export function readValue(reading: Reading): PdfValue | undefined {
  taken(reading, blanks)
  const { text, at } = reading
  if (at >= text.length) return undefined
  if (text.startsWith('<<', at)) return { members: readDictionary(reading) }
  if (text[at] === '[') return readList(reading, ']')
  if (text[at] === '(') return readString(reading)
  const referred = taken(reading, reference)
  if (referred) return { id: Number(referred[1]) }
  const named = taken(reading, name)
  if (named) return named[0].replace(/#(..)/g, (_, code: string) => characterOf(code))
  const digits = taken(reading, hex)?.[1]?.replace(/\s/g, '')
  if (digits !== undefined)
    return Buffer.from(digits.padEnd(digits.length + (digits.length % 2), '0'), 'hex')
  const counted = taken(reading, number)
  if (counted) return Number(counted[0])
  const said = taken(reading, word)
  if (said) return said[0]
  throw new Error(`cannot read ${text.slice(at, at + 20)}`)
}

const characterOf = (code: string) => String.fromCharCode(parseInt(code, 16))

function taken(reading: Reading, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reading.at
  const match = pattern.exec(reading.text) ?? undefined
  if (match) reading.at = pattern.lastIndex
  return match
}

function readList(reading: Reading, end: string): PdfValue[] {
  const values: PdfValue[] = []
  reading.at += end.length
  for (;;) {
    taken(reading, blanks)
    if (reading.text.startsWith(end, reading.at)) break
    const value = readValue(reading)
    if (value === undefined) throw new Error(`there is no ${end}`)
    values.push(value)
  }
  reading.at += end.length
  return values
}

function readDictionary(reading: Reading): PdfDictionary {
  const list = readList(reading, '>>')
  const members: Record<string, PdfValue> = {}
  for (let at = 0; at < list.length; at += 2) {
    const value = list[at + 1]
    if (typeof list[at] !== 'string' || value === undefined) throw new Error('a member has no name')
    members[(list[at] as string).slice(1)] = value
  }
  return members
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const escape = /\\(?:([0-7]{1,3})|(\r\n|[^]))/y

/** Characters between brackets, which may hold brackets. */
function readString(reading: Reading): Buffer {
  let text = ''
  let depth = 0
  do {
    const character = reading.text[reading.at]
    if (character === undefined) throw new Error('a string has no end')
    const escaped = taken(reading, escape)
    if (escaped) {
      text += unescaped(escaped)
      continue
    }
    reading.at += 1
    if (character === ')') depth -= 1
    if (depth > 0) text += character
    if (character === '(') depth += 1
  } while (depth > 0)
  return Buffer.from(text, 'latin1')
}

function unescaped([, octal, character = '']: RegExpExecArray): string {
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff)
  // A line that goes on in the next.
  if (/[\r\n]/.test(character)) return ''
  return escapes[character] ?? character
}
