import { type CompiledBlock, fillText, plain, type Printing } from '#connectors/pdf-compiled/block'
import { type Column, lengthOf, page, upwards } from '#connectors/pdf-compiled/drawing'
import {
  childOf,
  drawElement,
  type Paper,
  roomMax,
  roomOn,
  turn,
} from '#connectors/pdf-compiled/paper'
import { qrBytesMax, qrCode } from '#connectors/pdf-compiled/qr-code'
import { contentWidth, drawRow } from '#connectors/pdf-compiled/row'
import { pdfText } from '#connectors/pdf-compiled/pdf-objects'
import { RejectedError } from '#core/errors'
import type { TemplateBlock, TemplateRecord } from '#ports/templates'

type Code = Extract<TemplateBlock, { kind: 'qr' }>

/** Forty millimetres, the quiet zone within: of the densest code a module is 0.6 millimetres. */
const codeSize = 113.4
const gap = 10
const below = 10

/** A QR code with its caption beside it, in the middle where it is not as high. */
export function code(block: Code, printing: Printing): CompiledBlock {
  const alt = printing.label(block.alt)
  const caption = printing.text(block.caption)
  const style = plain(printing.faces, 9)
  const x = page.margin + codeSize + gap
  const column: Column = { style, x, width: contentWidth - codeSize - gap, align: 'left' }
  return {
    fill(record, filling) {
      filling.code = codeOf(record, block.field)
      filling.shape.push(fillText(filling, column, caption(record)))
    },
    lay(paper, shape) {
      const lines = shape.size()
      const captionHeight = lines * style.leading
      const together = Math.max(codeSize, captionHeight)
      if (roomOn(paper) < (together <= roomMax(paper) ? together : codeSize)) turn(paper)
      const { top, sheets } = paper
      const count = sheets.length
      drawCode(paper, alt)
      paper.top += Math.max(0, (codeSize - captionHeight) / 2)
      const cells = [{ column, lines: shape.text(), element: childOf(paper.document, 'P') }]
      drawRow(paper, { cells, lines, leading: style.leading, above: 0, below: 0, isKept: false })
      // Unless the caption went on on the next page.
      if (sheets.length === count) paper.top = Math.max(paper.top, top + codeSize)
      paper.top += below
    },
  }
}

function codeOf(record: TemplateRecord, field: string) {
  const text = record[field]
  if (text === undefined || text === '') {
    throw new RejectedError('missing-field', `${field} is missing`, { field })
  }
  const made = typeof text === 'string' ? qrCode(text) : undefined
  if (made) return made
  const told = `a QR code tells 1 to ${qrBytesMax} printable ASCII characters`
  throw new RejectedError('no-qr', `${field} is none: ${told}`, { field })
}

function drawCode(paper: Paper, alt: string): void {
  const { top } = paper
  const [left, bottom] = [lengthOf(page.margin), upwards(top + codeSize)]
  const box = [left, bottom, lengthOf(page.margin + codeSize), upwards(top)].join(' ')
  const layout = `/A<</O/Layout/Placement/Block/BBox[${box}]>>`
  const figure = childOf(paper.document, 'Figure', `/Alt${pdfText(alt)}${layout}`)
  drawElement(paper, figure, { codeX: page.margin, codeTop: top, codeSize })
}
