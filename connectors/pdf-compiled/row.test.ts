import { describe, expect, it } from 'vitest'
import type { Column, Style, TextSlot } from '#connectors/pdf-compiled/drawing'
import { subsetFont } from '#connectors/pdf-compiled/font-subset'
import { childOf, newPaper, type Paper } from '#connectors/pdf-compiled/paper'
import { drawRow, linesIn, type Row } from '#connectors/pdf-compiled/row'

const font = subsetFont('Regular', [' ', 'A'])
const style: Style = { face: 'R', font, size: 10, leading: 10, colour: '0 g' }
const column: Column = { style, x: 40, width: 100, align: 'left' }

/** A row of one text of the record with so many lines. */
function rowOf(paper: Paper, lines: number, changes: Partial<Row> = {}): Row {
  const element = childOf(paper.document, 'P')
  const cells = [{ column, lines: 0, element }]
  return { cells, lines, leading: 10, above: 2, below: 3, isKept: true, ...changes }
}

/** First and last line of the text on each page. */
const stretches = ({ sheets }: Paper) =>
  sheets.map(({ pieces }) =>
    pieces
      .filter((piece): piece is TextSlot => typeof piece === 'object')
      .map(({ from, to }) => [from, to]),
  )

describe('a row', () => {
  it('takes up its lines and what is above and below', () => {
    const paper = newPaper(140)
    drawRow(paper, rowOf(paper, 3))
    expect(stretches(paper)).toEqual([[[0, 3]]])
    expect(paper.top).toBe(40 + 35)
  })

  it('goes to the next page as a whole where it fits there and not here', () => {
    const paper = newPaper(140)
    drawRow(paper, rowOf(paper, 5))
    drawRow(paper, rowOf(paper, 5))
    expect(stretches(paper)).toEqual([[[0, 5]], [[0, 5]]])
  })

  it('goes on on the next page where it fits none, to its last line', () => {
    const paper = newPaper(140)
    drawRow(paper, rowOf(paper, 25))
    expect(stretches(paper)).toEqual([[[0, 9]], [[9, 18]], [[18, 25]]])
  })

  it('goes on on the next page at once where it need not be kept together', () => {
    const paper = newPaper(140)
    drawRow(paper, rowOf(paper, 6))
    drawRow(paper, rowOf(paper, 6, { isKept: false }))
    expect(stretches(paper)).toEqual([
      [
        [0, 6],
        [0, 3],
      ],
      [[3, 6]],
    ])
  })

  it('never has less than a line on a page', () => {
    const paper = newPaper(44)
    drawRow(paper, rowOf(paper, 2))
    expect(stretches(paper)).toEqual([[], [[0, 1]], [[1, 2]]])
  })

  it('tells a label once', () => {
    const paper = newPaper(140)
    const row = rowOf(paper, 25)
    const label = { column, lines: ['A'], element: childOf(paper.document, 'TH') }
    drawRow(paper, { ...row, cells: [label, ...row.cells] })
    expect(label.element.marks).toEqual([{ page: 0, number: 0 }])
    expect(row.cells[0]!.element!.marks.map(({ page }) => page)).toEqual([0, 1, 2])
  })
})

it('wraps a text to its column', () => {
  const width = font.widthOf['A'.charCodeAt(0)]! / 100
  expect(linesIn({ ...column, width: 2.1 * width }, 'AAA A')).toEqual(['AA', 'A', 'A'])
})
