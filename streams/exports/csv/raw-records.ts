import { isUtf8 } from 'node:buffer'
import { linesIn } from '#streams/exports/csv/lines-in'
import { RejectedCsv } from '#streams/exports/csv/rejected-csv'

/** A record as it stands in a file, without its line end. */
export interface RawRecord {
  readonly text: string
  /** Where it begins: the first line of the file is 1. */
  readonly line: number
  /** Its bytes in the file, with its line end: from the first to before `to`. */
  readonly from: number
  readonly to: number
}

const lf = 0x0a
const cr = 0x0d

/**
 * Finds the records of a CSV in the bytes of its file, in whatever pieces these come: a record ends with the first LF or
 * CRLF that is in no quotes. Empty lines are none. What is no text in UTF-8, or too long, is refused as RejectedCsv.
 */
export class RawRecords {
  #left: Buffer = Buffer.alloc(0)
  #at: number
  #line: number
  readonly #bytesMax: number

  /** `at` and `line` are where the first piece begins in the file; `bytesMax` is for a record with its line end. */
  constructor({ at, line }: { at: number; line: number }, bytesMax: number) {
    this.#at = at
    this.#line = line
    this.#bytesMax = bytesMax
  }

  /** The records that are whole with this piece. Behind the last piece, a record needs no line end. */
  *take(piece: Buffer, isLast: boolean): Generator<RawRecord> {
    const window = this.#left.length === 0 ? piece : Buffer.concat([this.#left, piece])
    const ends = recordEnds(window.toString('latin1'))
    let from = 0
    const isText = isUtf8(window.subarray(0, ends.at(-1) ?? 0))
    for (const to of ends) {
      if (!isText) refuseOtherText(window.subarray(from, to), this.#line)
      const record = this.#next(window, from, to)
      if (record !== undefined) yield record
      from = to
    }
    this.#left = window.subarray(from)
    if (this.#left.length > this.#bytesMax) throw this.#tooLong()
    if (!isLast || this.#left.length === 0) return
    if (isQuoteOpen(this.#left)) {
      throw new RejectedCsv('csv-quote-not-closed', this.#line, 'a quote is not closed')
    }
    refuseOtherText(this.#left, this.#line)
    yield this.#next(this.#left, 0, this.#left.length)!
  }

  #next(window: Buffer, begin: number, end: number): RawRecord | undefined {
    const from = this.#at
    const line = this.#line
    if (end - begin > this.#bytesMax) throw this.#tooLong()
    const text = window.toString('utf8', begin, end - lineEndBytes(window, end))
    this.#at += end - begin
    this.#line += linesIn(text) + 1
    return text === '' ? undefined : { text, line, from, to: this.#at }
  }

  #tooLong(): RejectedCsv {
    const max = this.#bytesMax.toLocaleString('en-US')
    const problem = `longer than ${max} bytes: is a quote not closed?`
    return new RejectedCsv('csv-record-too-long', this.#line, problem)
  }
}

/**
 * Where the records of a text end, behind their line ends. Within a quoted cell the number of quotes so far is odd, also
 * where doubled ones stand in it.
 */
function recordEnds(text: string): number[] {
  const ends: number[] = []
  let quote = text.indexOf('"')
  let end = text.indexOf('\n')
  while (end !== -1) {
    if (quote === -1 || quote > end) {
      ends.push(end + 1)
      end = text.indexOf('\n', end + 1)
      continue
    }
    const closing = text.indexOf('"', quote + 1)
    if (closing === -1) break
    quote = text.indexOf('"', closing + 1)
    if (end < closing) end = text.indexOf('\n', closing + 1)
  }
  return ends
}

const isQuoteOpen = (bytes: Buffer): boolean =>
  (bytes.toString('latin1').split('"').length - 1) % 2 === 1

// What is before the bytes of a record ends with LF.
function lineEndBytes(window: Buffer, end: number): 0 | 1 | 2 {
  if (window[end - 1] !== lf) return 0
  return window[end - 2] === cr ? 2 : 1
}

/** Throws for the first line that is none. */
function refuseOtherText(bytes: Buffer, firstLine: number): void {
  for (let line = firstLine, from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(lf, from)
    const to = end === -1 ? bytes.length : end + 1
    if (!isUtf8(bytes.subarray(from, to))) {
      throw new RejectedCsv('csv-not-utf8', line, 'not in UTF-8')
    }
    from = to
  }
}
