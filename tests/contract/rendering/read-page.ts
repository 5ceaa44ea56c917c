import { pathOperators } from '#tests/contract/rendering/page-paths'
import {
  type DrawnPage,
  identity,
  type Operators,
  type PageMeans,
  type Pen,
} from '#tests/contract/rendering/page-pen'
import { textOperators } from '#tests/contract/rendering/page-texts'
import { type PdfValue, readValue } from '#tests/contract/rendering/pdf-values'

const operators: Operators = { ...pathOperators, ...textOperators }

// Images within the drawing, curves, shadings, texts that are stretched or raised, paths that are filled and stroked.
const unreadable = ['BI', 'c', 'v', 'y', 'sh', 'Tz', 'Ts', "'", '"', 'B', 'B*', 'b', 'b*']

/** Follows the operators of a page. Throws where it meets what it cannot read. */
export function readPage(content: string, means: PageMeans): DrawnPage {
  const reading = { text: content, at: 0 }
  const pen = newPen(means)
  let operands: PdfValue[] = []
  for (;;) {
    const value = readValue(reading)
    if (value === undefined) return pen.drawn
    if (typeof value !== 'string' || value.startsWith('/')) {
      operands.push(value)
      continue
    }
    if (unreadable.includes(value)) throw new Error(`cannot read what ${value} draws`)
    operators[value]?.(pen, operands)
    operands = []
  }
}

const newPen = (means: PageMeans): Pen => ({
  means,
  drawn: { texts: [], rectangles: [], images: [], lines: [], colours: new Set() },
  state: { matrix: identity, fill: 'black', stroke: 'black', size: 0, leading: 0 },
  saved: [],
  path: [],
  line: identity,
  at: identity,
})
