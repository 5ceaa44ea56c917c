import type { CsvPage } from '#streams/exports/csv/read-csv'
import { readCsv } from '#streams/exports/csv/read-csv'
import { writeCsv } from '#streams/exports/csv/write-csv'

/**
 * A CSV as people are given it, who open it in spreadsheets: with the mark of UTF-8, lines with CRLF, its own separator, and
 * what would run as a formula made text. The same file is the same bytes. Throws RejectedCsv as it is read where it is none.
 */
export async function* csvForPeople(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const pages = readCsv(source, { required: [] })
  try {
    const first = await pages.next()
    if (first.done) return
    const { columns, separator } = first.value.format
    const writing = { separator, lineEnd: '\r\n', hasMark: true, isForPeople: true } as const
    yield* writeCsv(columns, rowsOf(first.value, pages), writing)
  } finally {
    await pages.return(undefined)
  }
}

async function* rowsOf(first: CsvPage, others: AsyncIterable<CsvPage>) {
  for (const { cells } of first.records) yield cells.values
  for await (const { records } of others) for (const { cells } of records) yield cells.values
}
