import type { PdfObjects } from '#tests/contract/rendering/pdf-objects'
import { type PdfDictionary, type PdfValue, readValue } from '#tests/contract/rendering/pdf-values'

/** A font of a page, as far as a reader needs it. */
export interface PdfFont {
  readonly isEmbedded: boolean
  /** The text a code of it stands for, so that it can be searched and copied. */
  readonly textOf: (code: number) => string
  /** In thousandths of its size. */
  readonly widthOf: (code: number) => number
}

/** The fonts of a page by the name its drawing calls them. Throws where one is not of two bytes a character. */
export function fontsOf(pdf: PdfObjects, resources: PdfDictionary): ReadonlyMap<string, PdfFont> {
  const fonts = Object.entries(pdf.members(resources['Font']))
  return new Map(fonts.map(([name, font]) => [`/${name}`, fontOf(pdf, pdf.members(font))]))
}

function fontOf(pdf: PdfObjects, font: PdfDictionary): PdfFont {
  if (font['Encoding'] !== '/Identity-H') throw new Error('the font is none of many characters')
  const descendant = pdf.members(pdf.list(font['DescendantFonts'])[0])
  const descriptor = pdf.members(descendant['FontDescriptor'])
  const program = descriptor['FontFile2'] ?? descriptor['FontFile3']
  const widths = widthsOf(pdf.list(descendant['W']).map(pdf.value))
  const texts = textsOf(pdf.stream(font['ToUnicode']).toString('latin1'))
  return {
    isEmbedded: program !== undefined && pdf.stream(program).length > 0,
    textOf: (code) => known(texts.get(code), code),
    widthOf: (code) => widths.get(code) ?? Number(descendant['DW'] ?? 1_000),
  }
}

function known<Value>(value: Value | undefined, code: number): Value {
  if (value === undefined) throw new Error(`the font says nothing of its code ${code}`)
  return value
}

/** `first [width width …]`, or `first last width`, as often as it takes. */
function widthsOf(list: readonly (PdfValue | undefined)[]): ReadonlyMap<number, number> {
  const widths = new Map<number, number>()
  for (let at = 0; at < list.length;) {
    const [first, next, width] = list.slice(at, at + 3)
    const isList = Array.isArray(next)
    const all = isList ? (next as number[]) : Array(Number(next) - Number(first) + 1).fill(width)
    all.forEach((one, nth) => widths.set(Number(first) + nth, Number(one)))
    at += isList ? 2 : 3
  }
  return widths
}

/** A map of codes to UTF-16: one by one, or by ranges that give a text for each, or for the first. */
function textsOf(map: string): ReadonlyMap<number, string> {
  const texts = new Map<number, string>()
  for (const [, kind, body = ''] of map.matchAll(/beginbf(char|range)([^]*?)endbf/g)) {
    const reading = { text: body, at: 0 }
    for (;;) {
      const first = readValue(reading) as Buffer | undefined
      if (!first) break
      const last = kind === 'range' ? (readValue(reading) as Buffer) : first
      const told = readValue(reading) as Buffer | Buffer[]
      for (let code = first.readUInt16BE(); code <= last.readUInt16BE(); code++) {
        texts.set(code, textIn(told, code - first.readUInt16BE()))
      }
    }
  }
  return texts
}

function textIn(told: Buffer | readonly Buffer[], nth: number): string {
  const bytes = Buffer.from(Buffer.isBuffer(told) ? told : told[nth]!)
  // The range counts on in the last character of its first text.
  if (Buffer.isBuffer(told))
    bytes.writeUInt16BE(bytes.readUInt16BE(bytes.length - 2) + nth, bytes.length - 2)
  return bytes.swap16().toString('utf16le')
}
