import {
  type CompiledBlock,
  fillText,
  plain,
  type Printing,
  strong,
} from '#connectors/pdf-compiled/block'
import { type Column, page } from '#connectors/pdf-compiled/drawing'
import { childOf } from '#connectors/pdf-compiled/paper'
import { contentWidth, drawRow } from '#connectors/pdf-compiled/row'
import type { TemplateBlock } from '#ports/templates'

type Paragraph = Extract<TemplateBlock, { kind: 'paragraph' }>

const sizes = { small: 8, plain: 10, large: 13 } as const
const below = 8

/** Lines from edge to edge, which go on on the next page. */
export function paragraph(block: Paragraph, { faces, text }: Printing): CompiledBlock {
  const read = text(block.text)
  const style = (block.isStrong ? strong : plain)(faces, sizes[block.size ?? 'plain'])
  const column: Column = { style, x: page.margin, width: contentWidth, align: 'left' }
  return {
    fill(record, filling) {
      filling.shape.push(fillText(filling, column, read(record)))
    },
    lay(paper, shape) {
      const cells = [{ column, lines: shape.text(), element: childOf(paper.document, 'P') }]
      const { leading } = style
      drawRow(paper, { cells, lines: shape.size(), leading, above: 0, below, isKept: false })
    },
  }
}
