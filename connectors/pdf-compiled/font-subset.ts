import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What of fontkit is used; it has no types of its own. */
interface Fontkit {
  create(file: Buffer): Font
}
interface Font {
  readonly postscriptName: string
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly bbox: Record<'minX' | 'minY' | 'maxX' | 'maxY', number>
  hasGlyphForCodePoint(point: number): boolean
  glyphForCodePoint(point: number): { readonly id: number }
  getGlyph(id: number): { readonly advanceWidth: number }
  createSubset(): { readonly glyphs: number[]; encode(): Uint8Array }
}

export type FontWeight = 'Regular' | 'Medium'

/** Two bytes name a character in a drawing: what is beyond them has no sign. */
const pointMax = 0xffff

/** Drawn as a blank, and no line ends at it. */
export const tie = '\u00A0'

/** A font with the signs of some characters. Lengths are thousandths of its size. */
export interface SubsetFont {
  /** Its own, since it is not the whole font. */
  readonly name: string
  readonly program: Uint8Array
  /** By code, from 0 on, which stands for no character. */
  readonly widths: readonly number[]
  /** The characters, by code from 1 on: a text copied from the document has these. */
  readonly characters: readonly string[]
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly box: readonly number[]
  /** By UTF-16 unit: the code in four hexadecimal digits, and how wide the sign is; undefined where there is none. */
  readonly hexOf: readonly (string | undefined)[]
  readonly widthOf: readonly (number | undefined)[]
}

const require = createRequire(import.meta.url)
const opened = new Map<FontWeight, Font>()

function fontOf(weight: FontWeight): Font {
  const known = opened.get(weight)
  if (known) return known
  const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto')
  const { create } = require('fontkit') as Fontkit
  const font = create(readFileSync(join(folder, `Roboto-${weight}.ttf`)))
  opened.set(weight, font)
  return font
}

/** Whether the whole font has a sign for a character. */
export function hasSign(weight: FontWeight, character: string): boolean {
  const point = character.codePointAt(0)!
  return character === tie || (point <= pointMax && fontOf(weight).hasGlyphForCodePoint(point))
}

/** The font with the signs of these characters, which it must have, each once. */
export function subsetFont(weight: FontWeight, characters: readonly string[]): SubsetFont {
  const font = fontOf(weight)
  const subset = font.createSubset()
  // One for each character, though two may look the same: what is copied is then what was printed.
  for (const character of characters) {
    subset.glyphs.push(font.glyphForCodePoint(drawnAs(character).codePointAt(0)!).id)
  }
  const program = subset.encode()
  const thousandths = (units: number) => Math.round((units * 1_000) / font.unitsPerEm)
  // Encoding adds the parts that signs are made of.
  const widths = subset.glyphs.map((id) => thousandths(font.getGlyph(id).advanceWidth))
  const { minX, minY, maxX, maxY } = font.bbox
  // As long as they will be: one that grows by leaps is searched like a dictionary.
  const length = 1 + Math.max(...characters.map((character) => character.charCodeAt(0)))
  const hexOf = Array<string | undefined>(length).fill(undefined)
  const widthOf = Array<number | undefined>(length).fill(undefined)
  characters.forEach((character, nth) => {
    hexOf[character.charCodeAt(0)] = hexOfCode(nth + 1)
    widthOf[character.charCodeAt(0)] = widths[nth + 1]
  })
  return {
    name: `${letters(program)}+${font.postscriptName}`,
    program,
    widths,
    characters: characters.map(drawnAs),
    ascent: thousandths(font.ascent),
    descent: thousandths(font.descent),
    capHeight: thousandths(font.capHeight),
    italicAngle: font.italicAngle,
    box: [minX, minY, maxX, maxY].map(thousandths),
    hexOf,
    widthOf,
  }
}

const drawnAs = (character: string): string => (character === tie ? ' ' : character)

export const hexOfCode = (code: number): string => code.toString(16).padStart(4, '0')

/** Six letters that tell this subset from others of the font. */
const letters = (program: Uint8Array): string =>
  [...createHash('sha256').update(program).digest().subarray(0, 6)]
    .map((byte) => String.fromCharCode(65 + (byte % 26)))
    .join('')
