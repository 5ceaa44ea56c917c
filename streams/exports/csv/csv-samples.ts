import type { CsvFormat, CsvRecord } from '#streams/exports/csv/csv-record'
import { type CsvTerms, readCsv } from '#streams/exports/csv/read-csv'

/** A file as it comes from a disk or a network, in pieces. */
export async function* inPieces(
  content: string | Uint8Array,
  pieceBytes = 64 * 1024,
): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** The whole file: every record, and how they are read. */
export async function wholeCsv(content: string | Uint8Array, terms: Partial<CsvTerms> = {}) {
  const records: CsvRecord[] = []
  let format: CsvFormat | undefined
  for await (const page of readCsv(inPieces(content), { required: [], ...terms })) {
    format = page.format
    records.push(...page.records)
  }
  return { format: format!, records }
}

/** The cells of each record of a file. */
export const cellsIn = async (content: string | Uint8Array, terms: Partial<CsvTerms> = {}) =>
  (await wholeCsv(content, terms)).records.map(({ cells }) => cells.values)
