import { linesIn } from '#streams/exports/csv/lines-in'
import { RejectedCsv } from '#streams/exports/csv/rejected-csv'

export type Separator = ',' | ';'

const stray = 'a quote within a cell that does not begin with one'
const undoubled = 'a quote within a quoted cell that is not doubled'
const bareCr = 'a CR without LF that is in no quotes'

/**
 * The cells of a record as RFC 4180 has them: what begins with a quote ends with one, and quotes within are doubled.
 * `text` is the record without its line end, `line` where it begins in the file, for what is refused.
 */
export function cellsOf(text: string, separator: Separator, line: number): string[] {
  if (!text.includes('"')) {
    if (text.includes('\r')) throw new RejectedCsv('csv-line-end', line, bareCr)
    return text.split(separator)
  }
  const cells: string[] = []
  for (let at = 0; ;) {
    const isQuoted = text[at] === '"'
    const end = isQuoted ? closingQuote(text, at) + 1 : endOf(text, separator, at)
    if (isQuoted) {
      cells.push(text.slice(at + 1, end - 1).replaceAll('""', '"'))
      if (end < text.length && text[end] !== separator) {
        throw new RejectedCsv('csv-quote', lineAt(text, end, line), undoubled)
      }
    } else {
      const cell = text.slice(at, end)
      if (cell.includes('"')) throw new RejectedCsv('csv-quote', lineAt(text, at, line), stray)
      if (cell.includes('\r')) throw new RejectedCsv('csv-line-end', lineAt(text, at, line), bareCr)
      cells.push(cell)
    }
    if (end === text.length) return cells
    at = end + 1
  }
}

// Quotes are even in number in a record, so there is one that closes.
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1)
  while (text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOf(text: string, separator: Separator, at: number): number {
  const end = text.indexOf(separator, at)
  return end === -1 ? text.length : end
}

/** The line of the file in which a place of the record is. */
const lineAt = (text: string, at: number, line: number): number => line + linesIn(text.slice(0, at))
