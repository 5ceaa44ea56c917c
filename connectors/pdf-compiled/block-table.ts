import {
  blue,
  type CompiledBlock,
  fillText,
  plain,
  type Printing,
  type Shape,
  strong,
  white,
} from '#connectors/pdf-compiled/block'
import { type Column, lengthOf, page, type Style, upwards } from '#connectors/pdf-compiled/drawing'
import {
  childOf,
  drawArtifact,
  type Element,
  type Paper,
  roomMax,
  roomOn,
  turn,
} from '#connectors/pdf-compiled/paper'
import {
  type Cell,
  contentWidth,
  drawRow,
  heightOf,
  linesIn,
  type Row,
  type Turning,
} from '#connectors/pdf-compiled/row'
import { type Total, totalOf } from '#connectors/pdf-compiled/table-total'
import { naming } from '#connectors/pdf-compiled/unprintable'
import { RejectedError } from '#core/errors'
import type { TemplateBlock } from '#ports/templates'

type TableBlock = Extract<TemplateBlock, { kind: 'table' }>

/** Points between a text and the edge of its column. */
const padding = 4
const size = 9
const below = 14
const spacing = { above: 2.5, below: 2.5, isKept: true }

/** The rows of a field, with a head on each page that they are on. */
export function table(block: TableBlock, printing: Printing): CompiledBlock {
  const { faces } = printing
  const columns = columnsOf(block, plain(faces, size))
  const head = headOf(block, columnsOf(block, strong(faces, size, white)), printing)
  const total = totalOf(block, columnsOf(block, strong(faces, size)), printing)
  const rows = printing.rows(block.field)
  const readers = block.columns.map(({ column }) => rows.column(column))
  return {
    fill(record, filling) {
      const { shape } = filling
      const given = rows.of(record)
      shape.push(given.length)
      let [row, column] = [0, 0]
      const place = () => `${block.field}[${row}].${block.columns[column]!.column}`
      naming(place, () => {
        for (row = 0; row < given.length; row++) {
          let lines = 1
          for (column = 0; column < columns.length; column++) {
            const text = readers[column]!(given[row]!, record)
            lines = Math.max(lines, fillText(filling, columns[column]!, text))
          }
          shape.push(lines)
        }
      })
      total?.fill(record, filling)
    },
    lay: (paper, shape) => layTable(paper, shape, { columns, head, total }),
  }
}

/** Columns side by side from edge to edge, as wide as their shares. */
function columnsOf({ columns }: TableBlock, style: Style): readonly Column[] {
  const shares = columns.reduce((sum, { width }) => sum + width, 0)
  let x = page.margin
  return columns.map(({ width: share, align = 'left' }) => {
    const width = (contentWidth * share) / shares
    const column = { style, x: x + padding, width: width - 2 * padding, align }
    x += width
    return column
  })
}

interface Head {
  readonly height: number
  /** With its cells in the row of the tree, or as nothing to be read. */
  draw(paper: Paper, row?: Element): void
}

function headOf(block: TableBlock, columns: readonly Column[], printing: Printing): Head {
  const labels = block.columns.map(({ label }, nth) =>
    linesIn(columns[nth]!, printing.label(label)),
  )
  const { leading } = columns[0]!.style
  const measures = { lines: Math.max(...labels.map((lines) => lines.length)), leading, ...spacing }
  const height = heightOf(measures)
  if (height > page.height / 3) {
    throw new RejectedError(
      'bad-template',
      `the head of ${block.field} is taller than its rows may be`,
    )
  }
  return {
    height,
    draw(paper, row) {
      const [x, y] = [lengthOf(page.margin), upwards(paper.top + height)]
      drawArtifact(paper, `${blue} ${x} ${y} ${lengthOf(contentWidth)} ${lengthOf(height)} re f\n`)
      const cells = columns.map((column, nth): Cell => {
        const element = row && childOf(row, 'TH', '/A<</O/Table/Scope/Column>>')
        return { column, lines: labels[nth]!, element }
      })
      drawRow(paper, { cells, ...measures })
    },
  }
}

interface Parts {
  readonly columns: readonly Column[]
  readonly head: Head
  readonly total: Total | undefined
}

function layTable(paper: Paper, shape: Shape, { columns, head, total }: Parts): void {
  const element = childOf(paper.document, 'Table')
  const headRow = childOf(element, 'TR')
  const { leading } = columns[0]!.style
  const rows = Array.from({ length: shape.size() }, (): Row => {
    const row = childOf(element, 'TR')
    const cells = columns.map((column) => ({
      ...{ column, lines: shape.text() },
      element: childOf(row, 'TD'),
    }))
    return { cells, lines: shape.size(), leading, ...spacing }
  })
  if (total) rows.push({ ...total.rowIn(element, shape), leading, ...spacing })
  const rules = rulesOn(paper)
  const turning: Turning = {
    room: roomMax(paper) - head.height,
    turn() {
      rules.draw()
      turn(paper)
      head.draw(paper)
    },
  }
  const first = rows[0] ? Math.min(heightOf(rows[0]), turning.room) : 0
  if (roomOn(paper) < head.height + first) turn(paper)
  head.draw(paper, headRow)
  for (const row of rows) {
    drawRow(paper, row, turning)
    rules.add()
  }
  rules.draw()
  paper.top += below
}

/** Thin lines from edge to edge, all of a page together. */
function rulesOn(paper: Paper) {
  let lines = ''
  const [from, to] = [lengthOf(page.margin), lengthOf(page.width - page.margin)]
  return {
    /** Where the paper is drawn to. */
    add() {
      const y = upwards(paper.top)
      lines += `${from} ${y} m ${to} ${y} l `
    },
    draw() {
      if (lines !== '') drawArtifact(paper, `.75 G .5 w ${lines}S\n`)
      lines = ''
    },
  }
}
