/** A format of Java's, for Postgres: how it is written by `to_char`, and how it is read. */
export interface TimePattern {
  readonly toChar: string
  /** A regular expression whose groups are `fields`, in order. */
  readonly reading: string
  readonly fields: readonly TimeField[]
}

export type TimeField =
  'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'zone'

// Letters as java.time.format.DateTimeFormatter takes them: one to three X are three forms of an offset.
const pieces: ReadonlyMap<string, readonly [toChar: string, reading: string, TimeField]> = new Map([
  ['yyyy', ['YYYY', String.raw`(\d{4})`, 'year']],
  ['uuuu', ['YYYY', String.raw`(\d{4})`, 'year']],
  ['MM', ['MM', '(0[1-9]|1[0-2])', 'month']],
  ['M', ['FMMM', '(1[0-2]|[1-9])', 'month']],
  ['dd', ['DD', String.raw`([0-2]\d|3[01])`, 'day']],
  ['d', ['FMDD', String.raw`([12]\d|3[01]|[1-9])`, 'day']],
  ['HH', ['HH24', String.raw`([01]\d|2[0-3])`, 'hour']],
  ['mm', ['MI', String.raw`([0-5]\d)`, 'minute']],
  ['ss', ['SS', String.raw`([0-5]\d)`, 'second']],
  ['SSS', ['MS', String.raw`(\d{3})`, 'fraction']],
  ['X', ['"Z"', String.raw`(Z|[+-]\d{2}(?:\d{2})?)`, 'zone']],
  ['XX', ['"Z"', String.raw`(Z|[+-]\d{4})`, 'zone']],
  ['XXX', ['"Z"', String.raw`(Z|[+-]\d{2}:\d{2})`, 'zone']],
  ['Z', ['"+0000"', String.raw`([+-]\d{4})`, 'zone']],
])

const token = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/y

const inToChar = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
const inReading = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')

/** Undefined: it has a field that is not known here, or one of them twice. */
export function timePattern(java: string): TimePattern | undefined {
  let [toChar, reading] = ['', '']
  const fields: TimeField[] = []
  for (let at = 0; at < java.length;) {
    token.lastIndex = at
    const [found, quoted, letter] = token.exec(java) ?? []
    if (found === undefined) return undefined
    at = token.lastIndex
    if (letter === undefined) {
      // Two quotes are one, inside of quotes and outside.
      const text = quoted === undefined ? found : quoted.replaceAll("''", "'") || "'"
      toChar += inToChar(text)
      reading += inReading(text)
      continue
    }
    const piece = pieces.get(found)
    if (!piece || fields.includes(piece[2])) return undefined
    toChar += piece[0]
    reading += piece[1]
    fields.push(piece[2])
  }
  return { toChar, reading: `^${reading}$`, fields }
}
