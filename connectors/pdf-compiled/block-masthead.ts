import {
  blue,
  type CompiledBlock,
  fillText,
  type Printing,
  strong,
} from '#connectors/pdf-compiled/block'
import { type Column, page } from '#connectors/pdf-compiled/drawing'
import { childOf } from '#connectors/pdf-compiled/paper'
import { contentWidth, drawRow } from '#connectors/pdf-compiled/row'
import type { TemplateBlock } from '#ports/templates'

type Masthead = Extract<TemplateBlock, { kind: 'masthead' }>

const logoWidth = 0.45 * contentWidth
const titleWidth = 0.52 * contentWidth
const below = 16

/** Who sends the document, on the left, and what it is, on the right. */
export function masthead(block: Masthead, { faces, text }: Printing): CompiledBlock {
  const read = { logo: text(block.logo), title: text(block.title) }
  const logo: Column = {
    style: strong(faces, 18, blue),
    x: page.margin,
    width: logoWidth,
    align: 'left',
  }
  const title: Column = {
    style: strong(faces, 14),
    x: page.width - page.margin - titleWidth,
    width: titleWidth,
    align: 'right',
  }
  return {
    fill(record, filling) {
      const lines = [
        fillText(filling, logo, read.logo(record)),
        fillText(filling, title, read.title(record)),
      ]
      filling.shape.push(Math.max(...lines))
    },
    lay(paper, shape) {
      const cells = [
        { column: logo, lines: shape.text(), element: childOf(paper.document, 'P') },
        { column: title, lines: shape.text(), element: childOf(paper.document, 'H1') },
      ]
      const { leading } = logo.style
      drawRow(paper, { cells, lines: shape.size(), leading, above: 0, below, isKept: true })
    },
  }
}
