import { RejectedError } from '#core/errors'
import type { Template, TemplateRecord, TemplateRow } from '#ports/templates'
import type { Cells } from '#streams/exports/csv/csv-record'

/**
 * What is printed of a movement: the cell of the column that has the name of the field; for a table a JSON list of rows.
 * Throws RejectedError('bad-field') where a cell is no such list; its message repeats nothing of it.
 */
export function printedRecord({ fields }: Template, cells: Cells): TemplateRecord {
  const record: Record<string, string | readonly TemplateRow[]> = {}
  for (const [name, { kind }] of Object.entries(fields)) {
    const cell = cells.get(name)
    if (cell === undefined || cell === '') continue
    record[name] = kind === 'lines' ? rowsIn(cell, name) : cell
  }
  return record
}

function rowsIn(cell: string, field: string): readonly TemplateRow[] {
  try {
    const rows: unknown = JSON.parse(cell)
    if (Array.isArray(rows) && rows.every(isRow)) return rows
  } catch {
    // Told below, without the text that could not be read.
  }
  throw new RejectedError('bad-field', `${field} is no JSON list of rows of text`, { field })
}

const isRow = (row: unknown): row is TemplateRow =>
  typeof row === 'object' &&
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).every((value) => typeof value === 'string')
