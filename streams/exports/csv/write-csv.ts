import type { Separator } from '#streams/exports/csv/cells-of'

export interface CsvWriting {
  readonly separator: Separator
  readonly lineEnd: '\n' | '\r\n'
  /** Some spreadsheets take a file without the mark of UTF-8 for another encoding. */
  readonly hasMark: boolean
  /** Whether people open it in spreadsheets: what these would run as a formula is then made text by an apostrophe. */
  readonly isForPeople: boolean
}

/** What is read by machines: the same rows are the same bytes. */
export const plainCsv: CsvWriting = {
  separator: ',',
  lineEnd: '\n',
  hasMark: false,
  isForPeople: false,
}

const blockCharacters = 64 * 1024

/**
 * A CSV in UTF-8 with its header, in blocks of some 64 kB; only what needs quotes has them. Rows have a cell for each column, in
 * their order.
 */
export async function* writeCsv(
  columns: readonly string[],
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  writing: CsvWriting,
): AsyncGenerator<Buffer> {
  let text = (writing.hasMark ? '\uFEFF' : '') + csvLine(columns, writing)
  for await (const row of rows) {
    if (row.length !== columns.length) {
      throw new Error(`a row has ${row.length} cells, and there are ${columns.length} columns`)
    }
    text += csvLine(row, writing)
    if (text.length < blockCharacters) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

function csvLine(cells: readonly string[], writing: CsvWriting): string {
  const { separator, lineEnd } = writing
  const line = cells.map((cell) => writtenCell(cell, writing)).join(separator)
  // An empty line would be no record.
  return (line === '' ? '""' : line) + lineEnd
}

/** As spreadsheets take them, in the full width of eastern keyboards too. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const negativeNumber = /^-\d+([.,]\d+)?$/

function writtenCell(cell: string, { separator, isForPeople }: CsvWriting): string {
  const isRun = isForPeople && formula.test(cell) && !negativeNumber.test(cell)
  const shown = isRun ? `'${cell}` : cell
  const isQuoted = /["\r\n]/.test(shown) || shown.includes(separator)
  return isQuoted ? `"${shown.replaceAll('"', '""')}"` : shown
}
