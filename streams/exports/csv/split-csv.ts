import { createHash } from 'node:crypto'
import { Characters } from '#streams/exports/csv/characters'
import type { CsvFormat, CsvRecord } from '#streams/exports/csv/csv-record'
import type { Chunk } from '#streams/exports/csv/read-chunk'
import { type CsvTerms, readCsv } from '#streams/exports/csv/read-csv'

export interface SplitTerms extends CsvTerms {
  readonly chunkRecordsMax: number
  /** A record that is longer is a chunk of its own. */
  readonly chunkBytesMax: number
  /** Columns that are not printed: their characters are in no font. */
  readonly unprinted: readonly string[]
}

export interface CsvSplit {
  readonly format: CsvFormat
  /** In order, of all records. */
  readonly chunks: readonly Chunk[]
  readonly records: number
  /** Every character of the printed columns once, composed (NFC), by code point. */
  readonly characters: string
  /** Of the file. */
  readonly bytes: number
  readonly sha256: string
}

/**
 * Where the chunks of a CSV lie and what they have in common, in one pass over the file, which memory does not grow with.
 * Throws RejectedCsv where it is none: nothing of a file is printed before all of it could be read.
 */
export async function splitCsv(
  source: AsyncIterable<Uint8Array>,
  terms: SplitTerms,
): Promise<CsvSplit> {
  const digest = createHash('sha256')
  let bytes = 0
  async function* seen() {
    for await (const piece of source) {
      digest.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  const chunks: GrowingChunk[] = []
  const characters = new Characters()
  let format: CsvFormat | undefined
  let records = 0
  for await (const page of readCsv(seen(), terms)) {
    format = page.format
    const printed = printedPlaces(format, terms)
    for (const record of page.records) {
      addTo(chunks, record, terms)
      for (const at of printed) characters.add(record.cells.values[at]!)
    }
    records += page.records.length
  }
  const sha256 = digest.digest('hex')
  return { format: format!, chunks, records, characters: characters.toString(), bytes, sha256 }
}

const printedPlaces = ({ columns }: CsvFormat, { unprinted }: SplitTerms): readonly number[] =>
  columns.flatMap((column, at) => (unprinted.includes(column) ? [] : [at]))

type GrowingChunk = { -readonly [Member in keyof Chunk]: Chunk[Member] }

function addTo(chunks: GrowingChunk[], record: CsvRecord, terms: SplitTerms): void {
  const { number, line, from, to } = record
  const last = chunks.at(-1)
  if (
    last === undefined ||
    last.records === terms.chunkRecordsMax ||
    to - last.from > terms.chunkBytesMax
  ) {
    const place = { firstRecord: number, firstLine: line, from, to }
    chunks.push({ number: chunks.length, ...place, records: 1 })
    return
  }
  last.records++
  last.to = to
}
