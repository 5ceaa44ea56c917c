import { cellsOf, type Separator } from '#streams/exports/csv/cells-of'
import type { RawRecord } from '#streams/exports/csv/raw-records'
import { RejectedCsv } from '#streams/exports/csv/rejected-csv'

/** How the records of a file are read: its header says it. */
export interface CsvFormat {
  /** The names of its columns, in order. */
  readonly columns: readonly string[]
  readonly separator: Separator
}

/** The cells of a record. */
export class Cells {
  /** In the order of the columns. */
  readonly values: readonly string[]
  readonly #columns: readonly string[]

  constructor(columns: readonly string[], values: readonly string[]) {
    this.#columns = columns
    this.values = values
  }

  /** The cell of a column as it stands there, empty or not; undefined where there is no such column. */
  get(column: string): string | undefined {
    return this.values[this.#columns.indexOf(column)]
  }

  byColumn(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#columns.map((column, at) => [column, this.values[at]!]))
  }
}

export interface CsvRecord {
  /** Its place among the records of the file, from 0. */
  readonly number: number
  /** Where it begins: the first line of the file is 1. */
  readonly line: number
  /** Its bytes in the file, with its line end: from the first to before `to`. */
  readonly from: number
  readonly to: number
  readonly cells: Cells
}

/** The record that stands there; throws RejectedCsv where it is none of such a file. */
export function recordOf(raw: RawRecord, format: CsvFormat, number: number): CsvRecord {
  const { text, line, from, to } = raw
  const { columns, separator } = format
  const cells = cellsOf(text, separator, line)
  if (cells.length !== columns.length) {
    const problem = `${cells.length} columns, ${columns.length} expected`
    throw new RejectedCsv('csv-column-count', line, problem)
  }
  return { number, line, from, to, cells: new Cells(columns, cells) }
}
