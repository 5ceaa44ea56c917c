import { RejectedError } from '#core/errors'
import { type CsvFormat, type CsvRecord, recordOf } from '#streams/exports/csv/csv-record'
import { RawRecords } from '#streams/exports/csv/raw-records'

/** Records of a file that follow each other. */
export interface Chunk {
  /** Its place among the chunks, from 0. */
  readonly number: number
  /** The number of its first record in the file, from 0. */
  readonly firstRecord: number
  /** Where that begins: the first line of the file is 1. */
  readonly firstLine: number
  readonly records: number
  /** Its bytes in the file: from the first to before `to`. */
  readonly from: number
  readonly to: number
}

/**
 * The records of a chunk, from its bytes alone: the same as those of the file. Throws RejectedError 'csv-chunk-differs'
 * where the bytes are not those that were split.
 */
export function readChunk(bytes: Uint8Array, chunk: Chunk, format: CsvFormat): CsvRecord[] {
  const { number, firstRecord, firstLine, from, to } = chunk
  const differs = (what: string, found: number, expected: number) =>
    new RejectedError('csv-chunk-differs', `chunk ${number} has ${found} ${what}, not ${expected}`)
  if (bytes.length !== to - from) throw differs('bytes', bytes.length, to - from)
  const raws = new RawRecords({ at: from, line: firstLine }, bytes.length)
  const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const records = [...raws.take(piece, true)].map((raw, index) =>
    recordOf(raw, format, firstRecord + index),
  )
  if (records.length !== chunk.records) throw differs('records', records.length, chunk.records)
  return records
}
