import { cellsOf, type Separator } from '#streams/exports/csv/cells-of'
import type { CsvFormat } from '#streams/exports/csv/csv-record'
import type { RawRecord } from '#streams/exports/csv/raw-records'
import { RejectedCsv } from '#streams/exports/csv/rejected-csv'

/** What a header must say. */
export interface HeaderTerms {
  /** Columns that must be there, in any order; there may be others. */
  readonly required: readonly string[]
  /** What separates cells; without it, whichever the header has more of, outside of quotes. */
  readonly separator?: Separator
}

/**
 * How a file is read whose first record this is. Throws RejectedCsv; the names of a file that has no header are somebody's
 * data, so columns are told by their numbers, the first being 1.
 */
export function formatOf(header: RawRecord, { required, separator }: HeaderTerms): CsvFormat {
  const { line } = header
  const text = header.text.replace(/^\uFEFF/, '')
  if (text === '') throw new RejectedCsv('csv-no-header', line, 'no header')
  const used = separator ?? separatorOf(text)
  const columns = cellsOf(text, used, line)
  const nameless = columns.indexOf('')
  if (nameless !== -1) {
    throw new RejectedCsv('csv-column-names', line, `column ${nameless + 1} has no name`)
  }
  const again = columns.findIndex((name, at) => columns.indexOf(name) !== at)
  if (again !== -1) {
    const first = columns.indexOf(columns[again]!)
    const problem = `column ${again + 1} has the name of column ${first + 1}`
    throw new RejectedCsv('csv-column-names', line, problem)
  }
  const missing = required.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw new RejectedCsv('csv-column-missing', line, `no column ${missing.join(', ')}`)
  }
  return { columns, separator: used }
}

function separatorOf(header: string): Separator {
  const names = header.replace(/"[^"]*"/g, '')
  return names.split(';').length > names.split(',').length ? ';' : ','
}
