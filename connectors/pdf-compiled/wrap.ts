import type { SubsetFont } from '#connectors/pdf-compiled/font-subset'

/** How wide a text is, in thousandths of its size; its characters are all of the font's. */
export function widthOf(text: string, { widthOf }: SubsetFont): number {
  let width = 0
  for (let at = 0; at < text.length; at++) width += widthOf[text.charCodeAt(at)]!
  return width
}

/**
 * The lines of a text, at least one: as many words in each as there is room for, in thousandths of its size. A word that
 * fits no line goes on in the next; what belongs to the letter before it stays with it.
 */
export function linesOf(text: string, font: SubsetFont, room: number): readonly string[] {
  if (widthOf(text, font) <= room) return [text]
  const blank = font.widthOf[32] ?? 0
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const word of text.split(' ')) {
    const wordWidth = widthOf(word, font)
    if (line !== '' && width + blank + wordWidth <= room) {
      line += ` ${word}`
      width += blank + wordWidth
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = wordWidth <= room ? [word] : piecesOf(word, font, room)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1)!
    width = pieces.length === 1 ? wordWidth : widthOf(line, font)
  }
  lines.push(line)
  return lines
}

/** A letter with its marks. */
const letters = /\P{M}\p{M}*|\p{M}+/gu

function piecesOf(word: string, font: SubsetFont, room: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let width = 0
  for (const [letter] of word.matchAll(letters)) {
    const letterWidth = widthOf(letter, font)
    if (piece !== '' && width + letterWidth > room) {
      pieces.push(piece)
      piece = ''
      width = 0
    }
    piece += letter
    width += letterWidth
  }
  pieces.push(piece)
  return pieces
}
