import type { SubsetFont } from '#connectors/pdf-compiled/font-subset'
import type { QrCode } from '#connectors/pdf-compiled/qr-code'
import { widthOf } from '#connectors/pdf-compiled/wrap'

/** A4, in points. */
export const page = { width: 595.28, height: 841.89, margin: 40 } as const

/** How a text looks. */
export interface Style {
  /** What pages call the font. */
  readonly face: 'R' | 'M'
  readonly font: SubsetFont
  readonly size: number
  /** From one line to the next, usually. */
  readonly leading: number
  /** The operator that sets it. */
  readonly colour: string
}

/** What texts stand in one below the other: points from the left of the page, and how wide they may be. */
export interface Column {
  readonly style: Style
  readonly x: number
  readonly width: number
  readonly align: 'left' | 'right' | 'centre'
}

/** Where lines of text begin: points from the top of the page to the first, and from one to the next. */
export interface Place {
  readonly column: Column
  readonly baseline: number
  readonly leading: number
}

/** A place that some lines of a text of the record go to. */
export interface TextSlot extends Place {
  /** Which of the texts. */
  readonly text: number
  readonly from: number
  readonly to: number
}

/** The square that the code of a record goes to, its quiet zone within. */
export interface CodeSlot {
  readonly codeX: number
  readonly codeTop: number
  readonly codeSize: number
}

/** What a page is drawn by: operators, and places for what differs from record to record. */
export type Piece = string | TextSlot | CodeSlot

/** What goes to the places. */
export interface Drawn {
  readonly texts: readonly (readonly string[])[]
  readonly code: QrCode | undefined
}

/** A length as drawings have it. */
export const lengthOf = (points: number): string => String(Math.round(points * 100) / 100)

/** From the bottom of the page, where drawings count from. */
export const upwards = (top: number): string => lengthOf(page.height - top)

export function drawnPieces(pieces: readonly Piece[], { texts, code }: Drawn): string {
  let drawn = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') drawn += piece
    else if ('text' in piece) drawn += drawnSlot(piece, texts[piece.text]!)
    else if (code) drawn += drawnCode(piece, code)
  }
  return drawn
}

const drawnSlot = (slot: TextSlot, lines: readonly string[]): string =>
  drawnLines(
    slot,
    slot.from === 0 && slot.to >= lines.length ? lines : lines.slice(slot.from, slot.to),
  )

/** Lines one below the other; their characters are all of the font's. */
export function drawnLines({ column, baseline, leading }: Place, lines: readonly string[]): string {
  const { face, size, font, colour } = column.style
  let drawn = ''
  for (let nth = 0; nth < lines.length; nth++) {
    const line = lines[nth]!
    if (line === '') continue
    const x = lengthOf(column.x + indentOf(column, line))
    const y = upwards(baseline + nth * leading)
    drawn += `BT/${face} ${size} Tf ${x} ${y} Td<${codesOf(line, font)}>Tj ET\n`
  }
  return drawn === '' ? '' : `${colour} ${drawn}`
}

function indentOf({ style, width, align }: Column, line: string): number {
  if (align === 'left') return 0
  const left = width - (widthOf(line, style.font) * style.size) / 1_000
  return align === 'right' ? left : left / 2
}

function codesOf(text: string, { hexOf }: SubsetFont): string {
  let codes = ''
  for (let at = 0; at < text.length; at++) codes += hexOf[text.charCodeAt(at)]!
  return codes
}

const quietModules = 4

function drawnCode({ codeX, codeTop, codeSize }: CodeSlot, { size }: QrCode): string {
  const module = codeSize / (size + 2 * quietModules)
  const quiet = module * quietModules
  const side = lengthOf(module * size)
  const y = upwards(codeTop + codeSize - quiet)
  return `q 0 g ${side} 0 0 ${side} ${lengthOf(codeX + quiet)} ${y} cm/Q Do Q\n`
}
