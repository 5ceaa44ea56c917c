import { type Column, drawnLines, page, type TextSlot } from '#connectors/pdf-compiled/drawing'
import {
  drawArtifact,
  drawElement,
  type Element,
  type Paper,
  roomMax,
  roomOn,
  turn,
} from '#connectors/pdf-compiled/paper'
import { linesOf } from '#connectors/pdf-compiled/wrap'

/** The lines of a text that stands in a column. */
export const linesIn = ({ style, width }: Column, text: string): readonly string[] =>
  linesOf(text, style.font, (width * 1_000) / style.size)

/** Columns from edge to edge. */
export const contentWidth = page.width - 2 * page.margin

/** A text in a row: its lines, or the number of a text of the record; what it is, or nothing to be read. */
export interface Cell {
  readonly column: Column
  readonly lines: readonly string[] | number
  readonly element?: Element | undefined
}

/** Cells beside each other, whose lines stand on the same lines. Lengths in points. */
export interface Row {
  readonly cells: readonly Cell[]
  /** Of the cell that has most. */
  readonly lines: number
  readonly leading: number
  readonly above: number
  readonly below: number
  /** Whether it goes to the next page as a whole where it is cut by the end of this one, and fits there. */
  readonly isKept: boolean
}

export const heightOf = ({ lines, leading, above, below }: Omit<Row, 'cells' | 'isKept'>): number =>
  above + lines * leading + below

/** How a row goes on at the end of a page; the points there are at the top of the next one. */
export interface Turning {
  readonly room: number
  turn(): void
}

export const plainTurning = (paper: Paper): Turning => ({
  room: roomMax(paper),
  turn: () => turn(paper),
})

/** Draws a row below what there is; what the page has no room for goes on on the next. */
export function drawRow(paper: Paper, row: Row, turning = plainTurning(paper)): void {
  const { lines, leading, above, below } = row
  let from = 0
  do {
    const left = heightOf({ ...row, lines: lines - from })
    const isWhole = row.isKept && left <= turning.room
    if (roomOn(paper) < (isWhole ? left : heightOf({ ...row, lines: 1 }))) turning.turn()
    const fitting = Math.floor((roomOn(paper) - above - below) / leading + 1e-6)
    const to = Math.min(lines, from + Math.max(1, fitting))
    drawLines(paper, row, from, to)
    paper.top += heightOf({ ...row, lines: to - from })
    from = to
  } while (from < lines)
}

function drawLines(paper: Paper, row: Row, from: number, to: number): void {
  const capHeights = row.cells.map(({ column: { style } }) => style.font.capHeight * style.size)
  // Letters of the largest size are in the middle of their line, and all others stand on theirs.
  const baseline = paper.top + row.above + (row.leading + Math.max(...capHeights) / 1_000) / 2
  for (const cell of row.cells) drawCell(paper, cell, { baseline, leading: row.leading, from, to })
}

interface Stretch {
  readonly baseline: number
  readonly leading: number
  readonly from: number
  readonly to: number
}

function drawCell(paper: Paper, cell: Cell, { baseline, leading, from, to }: Stretch): void {
  const { column, lines, element } = cell
  const isOfRecord = typeof lines === 'number'
  // A label is told once.
  if (!isOfRecord && from > 0 && lines.length <= from) return
  const piece: TextSlot | string = isOfRecord
    ? { column, baseline, leading, text: lines, from, to }
    : drawnLines({ column, baseline, leading }, lines.slice(from, to))
  if (element) drawElement(paper, element, piece)
  else drawArtifact(paper, piece, '/Type/Pagination')
}
