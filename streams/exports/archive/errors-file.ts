import type { Sequence } from '#streams/exports/archive/archive-directory'
import { writeCsv } from '#streams/exports/csv/write-csv'

export const errorsName = 'errors.csv'

/** A movement that has no document, and why. */
export interface MissingDocument {
  /** The number of its record in the file of movements, from 0. */
  readonly record: number
  readonly reference: string
  readonly code: string
  /** The field that is wrong; null where it is not one. */
  readonly field: string | null
}

/** The file that names what is missing in an archive, to be opened in a spreadsheet. */
export async function* errorsFile(missing: Sequence<MissingDocument>): AsyncGenerator<Buffer> {
  const writing = { separator: ',', lineEnd: '\r\n', hasMark: true, isForPeople: true } as const
  yield* writeCsv(['record', 'reference', 'code', 'field'], rowsOf(missing), writing)
}

async function* rowsOf(missing: Sequence<MissingDocument>) {
  for await (const { record, reference, code, field } of missing) {
    yield [String(record), reference, code, field ?? '']
  }
}
