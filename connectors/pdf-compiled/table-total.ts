import { type Filling, fillText, type Printing, type Shape } from '#connectors/pdf-compiled/block'
import type { Column } from '#connectors/pdf-compiled/drawing'
import { childOf, type Element } from '#connectors/pdf-compiled/paper'
import { type Cell, linesIn, type Row } from '#connectors/pdf-compiled/row'
import { naming } from '#connectors/pdf-compiled/unprintable'
import type { TemplateBlock, TemplateRecord } from '#ports/templates'

/** The last row of a table: a label, and values of the record below the columns. */
export interface Total {
  fill(record: TemplateRecord, filling: Filling): void
  rowIn(table: Element, shape: Shape): Pick<Row, 'cells' | 'lines'>
}

type TableBlock = Extract<TemplateBlock, { kind: 'table' }>

/** The label stands in all columns before the first that has a value. */
export function totalOf(
  block: TableBlock,
  columns: readonly Column[],
  printing: Printing,
): Total | undefined {
  if (!block.total) return undefined
  const { label, cells } = block.total
  const fieldOf = new Map(Object.entries(cells))
  const span = block.columns.findIndex(({ column }) => fieldOf.has(column))
  const last = columns[span - 1]!
  const labels: Column = {
    ...columns[0]!,
    align: 'left',
    width: last.x + last.width - columns[0]!.x,
  }
  const labelLines = linesIn(labels, printing.label(label))
  const values = block.columns.slice(span).map(({ column }, nth) => {
    const field = fieldOf.get(column)
    const read = field === undefined ? undefined : printing.value(field)
    return { column: columns[span + nth]!, field, read }
  })
  return {
    fill(record, filling) {
      const lines = values.flatMap(({ column, field, read }) => {
        if (!read) return []
        const text = naming(
          () => field!,
          () => read(record, record),
        )
        return [fillText(filling, column, text)]
      })
      filling.shape.push(Math.max(labelLines.length, ...lines))
    },
    rowIn(table, shape) {
      const row = childOf(table, 'TR')
      const scope = `/A<</O/Table/Scope/Row/ColSpan ${span}>>`
      const head = { column: labels, lines: labelLines, element: childOf(row, 'TH', scope) }
      const told = values.flatMap(({ column, read }): Cell[] => {
        const element = childOf(row, 'TD')
        return read ? [{ column, lines: shape.text(), element }] : []
      })
      return { cells: [head, ...told], lines: shape.size() }
    },
  }
}
