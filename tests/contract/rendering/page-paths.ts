import {
  type Box,
  type Matrix,
  matrixOf,
  moved,
  type Operators,
  type Pen,
  times,
} from '#tests/contract/rendering/page-pen'
import type { PdfValue } from '#tests/contract/rendering/pdf-values'

const stroke = (pen: Pen) => {
  pen.drawn.colours.add(pen.state.stroke)
  pen.drawn.lines.push(...pen.path.splice(0))
}
const fill = ({ drawn, state, path }: Pen) => {
  drawn.colours.add(state.fill)
  drawn.rectangles.push(...path.splice(0).map((box) => ({ ...box, colour: state.fill })))
}
const setFill: Operators[string] = (pen, operands) => {
  pen.state = { ...pen.state, fill: colourOf(operands) }
}
const setStroke: Operators[string] = (pen, operands) => {
  pen.state = { ...pen.state, stroke: colourOf(operands) }
}

/** Operators of rectangles, lines, images and colours. */
export const pathOperators: Operators = {
  q: ({ saved, state }) => void saved.push(state),
  Q: (pen) => {
    const state = pen.saved.pop()
    if (!state) throw new Error('what is taken up again was never put down')
    pen.state = state
  },
  cm: (pen, operands) => {
    pen.state = { ...pen.state, matrix: times(matrixOf(operands), pen.state.matrix) }
  },
  re: ({ path, state }, operands) => void path.push(boxOf(operands, state.matrix)),
  m: ({ path, state }, [x = 0, y = 0]) => void path.push(boxOf([x, y, 0, 0], state.matrix)),
  l: ({ path, state }, [x = 0, y = 0]) => {
    const to = boxOf([x, y, 0, 0], state.matrix)
    path.push(around(path.pop() ?? to, to))
  },
  ...{ f: fill, 'f*': fill, F: fill, S: stroke, s: stroke },
  n: ({ path }) => void path.splice(0),
  ...{ g: setFill, rg: setFill, k: setFill, sc: setFill, scn: setFill },
  ...{ G: setStroke, RG: setStroke, K: setStroke, SC: setStroke, SCN: setStroke },
  Do: ({ means, drawn, state }, [name]) => {
    const bitmap = means.images.get(name as string)
    if (!bitmap) throw new Error('the page has no image of that name')
    drawn.colours.add(state.fill)
    drawn.images.push({ ...boxOf([0, 0, 1, 1], state.matrix), colour: state.fill, bitmap })
  },
}

const blacks = ['0', '0 0 0', '0 0 0 1']
const whites = ['1', '1 1 1', '0 0 0 0']

function colourOf(operands: readonly PdfValue[]): string {
  const colour = operands.map(Number).join(' ')
  if (blacks.includes(colour)) return 'black'
  return whites.includes(colour) ? 'white' : colour
}

/** A rectangle on the page; of one that is turned, what it goes around. */
function boxOf(operands: readonly PdfValue[], matrix: Matrix): Box {
  const [x = 0, y = 0, width = 0, height = 0] = operands.map(Number)
  const [, , , , x1, y1] = times(moved(x, y), matrix)
  const [, , , , x2, y2] = times(moved(x + width, y + height), matrix)
  return around({ x: x1, y: y1, width: 0, height: 0 }, { x: x2, y: y2, width: 0, height: 0 })
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x)
  const y = Math.min(one.y, other.y)
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  }
}
