import { formatOf, type HeaderTerms } from '#streams/exports/csv/csv-header'
import { type CsvFormat, type CsvRecord, recordOf } from '#streams/exports/csv/csv-record'
import { RawRecords } from '#streams/exports/csv/raw-records'
import { RejectedCsv } from '#streams/exports/csv/rejected-csv'

export interface CsvTerms extends HeaderTerms {
  /** Beyond this somebody forgot a quote; a mebibyte without it. */
  readonly recordBytesMax?: number
}

/** Records that follow each other in a file. */
export interface CsvPage {
  readonly format: CsvFormat
  readonly records: readonly CsvRecord[]
}

const blockBytes = 64 * 1024

/**
 * The records of a CSV (RFC 4180, in UTF-8 with or without a mark, lines with LF or CRLF), read as they are asked for, in
 * memory that does not grow with the file. There is one page at least, so a file with a header and no records has a
 * format. Throws RejectedCsv, for the first record that is none.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  terms: CsvTerms,
): AsyncGenerator<CsvPage> {
  const raws = new RawRecords({ at: 0, line: 1 }, terms.recordBytesMax ?? 1024 * 1024)
  let format: CsvFormat | undefined
  let number = 0
  for await (const { bytes, isLast } of inBlocks(source)) {
    const records: CsvRecord[] = []
    for (const raw of raws.take(bytes, isLast)) {
      if (format === undefined) format = formatOf(raw, terms)
      else records.push(recordOf(raw, format, number++))
    }
    if (format !== undefined) yield { format, records }
  }
  if (format === undefined) throw new RejectedCsv('csv-no-header', 1, 'no header')
}

interface Block {
  readonly bytes: Buffer
  readonly isLast: boolean
}

/** Pieces of any size as blocks of about the same: a record is looked at again with each that it is in. */
async function* inBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for await (const piece of source) {
    for (let at = 0; at < piece.length; at += blockBytes) {
      const part = piece.subarray(at, at + blockBytes)
      waiting.push(part)
      bytes += part.length
      if (bytes < blockBytes) continue
      yield { bytes: Buffer.concat(waiting, bytes), isLast: false }
      waiting = []
      bytes = 0
    }
  }
  yield { bytes: Buffer.concat(waiting, bytes), isLast: true }
}
