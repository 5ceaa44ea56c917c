import {
  type CompiledBlock,
  type Filling,
  fillText,
  grey,
  plain,
  type Printing,
  type Shape,
  strong,
} from '#connectors/pdf-compiled/block'
import { type Column, page } from '#connectors/pdf-compiled/drawing'
import { childOf, type Element } from '#connectors/pdf-compiled/paper'
import { type Cell, contentWidth, drawRow, linesIn } from '#connectors/pdf-compiled/row'
import { naming } from '#connectors/pdf-compiled/unprintable'
import type { TemplateBlock, TemplateRecord } from '#ports/templates'

type Fields = Extract<TemplateBlock, { kind: 'fields' }>

const gap = 12
const halfWidth = (contentWidth - gap) / 2
const labelWidth = 90
const valueWidth = halfWidth - labelWidth - 4
const size = 9
const spacing = { above: 2, below: 2 }
const below = 10

/** Labels and values, two beside each other. In the tree each is a row of its own. */
export function fields(block: Fields, printing: Printing): CompiledBlock {
  const all = block.fields.map((field, nth) => labelled(field, nth % 2, printing))
  const rows = Array.from({ length: Math.ceil(all.length / 2) }, (_, nth) =>
    all.slice(2 * nth, 2 * nth + 2),
  )
  const { leading } = plain(printing.faces, size)
  return {
    fill(record, filling) {
      for (const row of rows) {
        filling.shape.push(Math.max(...row.map((field) => field.fill(record, filling))))
      }
    },
    lay(paper, shape) {
      const table = childOf(paper.document, 'Table')
      for (const row of rows) {
        const cells = row.flatMap((field) => field.cellsIn(table, shape))
        drawRow(paper, { cells, lines: shape.size(), leading, ...spacing, isKept: true })
      }
      paper.top += below
    },
  }
}

interface Labelled {
  /** How many lines it needs. */
  fill(record: TemplateRecord, filling: Filling): number
  cellsIn(table: Element, shape: Shape): readonly Cell[]
}

function labelled(
  { label, field }: Fields['fields'][number],
  place: number,
  printing: Printing,
): Labelled {
  const x = page.margin + place * (halfWidth + gap)
  const labels: Column = {
    ...{ x, width: labelWidth, align: 'left' },
    style: plain(printing.faces, size, grey),
  }
  const values: Column = {
    ...{ x: x + labelWidth + 4, width: valueWidth, align: 'left' },
    style: strong(printing.faces, size),
  }
  const labelLines = linesIn(labels, printing.label(label))
  const read = printing.value(field)
  return {
    fill(record, filling) {
      const text = naming(
        () => field,
        () => read(record, record),
      )
      return Math.max(labelLines.length, fillText(filling, values, text))
    },
    cellsIn(table, shape) {
      const row = childOf(table, 'TR')
      const head = childOf(row, 'TH', '/A<</O/Table/Scope/Row>>')
      return [
        { column: labels, lines: labelLines, element: head },
        { column: values, lines: shape.text(), element: childOf(row, 'TD') },
      ]
    },
  }
}
