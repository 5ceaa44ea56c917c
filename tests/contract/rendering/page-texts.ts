import {
  identity,
  matrixOf,
  moved,
  type Operators,
  type Pen,
  times,
} from '#tests/contract/rendering/page-pen'
import type { PdfFont } from '#tests/contract/rendering/pdf-fonts'
import type { PdfValue } from '#tests/contract/rendering/pdf-values'

const move = (pen: Pen, x: number, y: number) => {
  pen.at = pen.line = times(moved(x, y), pen.line)
}

function show(pen: Pen, pieces: readonly PdfValue[]): void {
  const { font, size, matrix, fill } = pen.state
  if (!font) throw new Error('a text is drawn in no font of the page')
  const [, , , , x, y] = times(pen.at, matrix)
  const drawn = textOf(pieces, font)
  const width = (drawn.width * size) / 1_000
  pen.drawn.texts.push({ text: drawn.text, x, y, width, size })
  pen.drawn.colours.add(fill)
  pen.at = times(moved(width, 0), pen.at)
}

const onlyZero: Operators[string] = (_pen, [amount]) => {
  if (amount !== 0) throw new Error('reads only text that is filled, with its own blanks')
}

/** Operators of texts. */
export const textOperators: Operators = {
  BT: (pen) => void (pen.at = pen.line = identity),
  Tm: (pen, operands) => void (pen.at = pen.line = matrixOf(operands)),
  Td: (pen, [x, y]) => move(pen, Number(x), Number(y)),
  TD: (pen, [x, y]) => {
    pen.state = { ...pen.state, leading: -Number(y) }
    move(pen, Number(x), Number(y))
  },
  TL: (pen, [leading]) => void (pen.state = { ...pen.state, leading: Number(leading) }),
  'T*': (pen) => move(pen, 0, -pen.state.leading),
  Tf: (pen, [name, size]) => {
    pen.state = { ...pen.state, font: pen.means.fonts.get(name as string), size: Number(size) }
  },
  TJ: (pen, [pieces]) => show(pen, pieces as readonly PdfValue[]),
  Tj: show,
  ...{ Tr: onlyZero, Tc: onlyZero, Tw: onlyZero },
}

/** Codes of two bytes; numbers between them move what follows to the left. */
function textOf(pieces: readonly PdfValue[], font: PdfFont) {
  let text = ''
  let width = 0
  for (const piece of pieces) {
    if (typeof piece === 'number') width -= piece
    if (!Buffer.isBuffer(piece)) continue
    for (let at = 0; at < piece.length; at += 2) {
      text += font.textOf(piece.readUInt16BE(at))
      width += font.widthOf(piece.readUInt16BE(at))
    }
  }
  return { text, width }
}
