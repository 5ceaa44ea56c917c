import type { Column, Style } from '#connectors/pdf-compiled/drawing'
import type { Faces } from '#connectors/pdf-compiled/faces'
import type { Paper } from '#connectors/pdf-compiled/paper'
import type { QrCode } from '#connectors/pdf-compiled/qr-code'
import type { TextReader } from '#connectors/pdf-compiled/read-text'
import type { ValueReader } from '#connectors/pdf-compiled/read-value'
import { linesIn } from '#connectors/pdf-compiled/row'
import type { TemplateRecord, TemplateRow } from '#ports/templates'

/** What a record fills into a template, block by block. */
export interface Filling {
  /** The lines of each text. */
  readonly texts: (readonly string[])[]
  /** How much room they take: records of one shape are drawn at the same places. */
  readonly shape: number[]
  code: QrCode | undefined
}

/** A shape as it is read again, in the order in which it was filled in. */
export interface Shape {
  size(): number
  /** The number of the next text. */
  text(): number
}

export const shapeOf = (shape: readonly number[]): Shape => {
  let sizes = 0
  let texts = 0
  return { size: () => shape[sizes++]!, text: () => texts++ }
}

/** A block of a template, in one language. */
export interface CompiledBlock {
  /** Adds its texts and the room they take. Throws RejectedError naming the field. */
  fill(record: TemplateRecord, filling: Filling): void
  /** Draws it below what there is, for all records of a shape. */
  lay(paper: Paper, shape: Shape): void
}

/** What blocks are compiled with. */
export interface Printing {
  readonly faces: Faces
  /** A text of the template; nothing of a record is in it. */
  label(key: string): string
  /** The same with values of the record in it. */
  text(key: string): TextReader
  value(field: string): ValueReader
  rows(field: string): RowsReader
}

/** Reads the rows of a field of a record, a value of each by the name of its column. */
export interface RowsReader {
  of(record: TemplateRecord): readonly TemplateRow[]
  column(name: string): ValueReader
}

/** Adds a text that stands in a column; how many lines it has. */
export function fillText({ texts }: Filling, column: Column, text: string): number {
  const lines = linesIn(column, text)
  texts.push(lines)
  return lines.length
}

export const black = '0 g'
export const grey = '.333 g'
export const white = '1 g'
export const blue = '.043 .239 .569 rg'

const lineOf = 4 / 3

/** A style of a size; from line to line it is a third more. */
export const plain = ({ regular: font }: Faces, size: number, colour = black): Style => ({
  ...{ face: 'R', font, size, colour },
  leading: size * lineOf,
})
export const strong = ({ medium: font }: Faces, size: number, colour = black): Style => ({
  ...{ face: 'M', font, size, colour },
  leading: size * lineOf,
})
