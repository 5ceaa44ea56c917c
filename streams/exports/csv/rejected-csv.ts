import { RejectedError } from '#core/errors'

export type CsvFault =
  | 'csv-no-header'
  | 'csv-column-names'
  | 'csv-column-missing'
  | 'csv-column-count'
  | 'csv-quote'
  | 'csv-quote-not-closed'
  | 'csv-line-end'
  | 'csv-record-too-long'
  | 'csv-not-utf8'

/** A file that is no CSV from some line on. The message names the line, and nothing that stands in it. */
export class RejectedCsv extends RejectedError {
  /** The first line of the file is 1. */
  readonly line: number
  constructor(code: CsvFault, line: number, problem: string) {
    super(code, `line ${line.toLocaleString('en-US')}: ${problem}`)
    this.line = line
  }
}
