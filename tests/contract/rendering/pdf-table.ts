import { membersOf, objectAt, type PdfFile } from '#tests/contract/rendering/pdf-file'
import { type PdfDictionary, readValue } from '#tests/contract/rendering/pdf-values'

/** Where an object is: at an offset of the file, or the nth of those in a stream. */
export type PdfPlace =
  { readonly offset: number } | { readonly within: number; readonly nth: number }

/** The table of a PDF's objects by their numbers. */
export interface PdfTable {
  readonly places: ReadonlyMap<number, PdfPlace>
  /** What leads to all others. */
  readonly trailer: PdfDictionary
}

/** Reads the table in either form, as text or as a stream. Throws where there is none, or a file was changed since. */
export function readTable(file: PdfFile): PdfTable {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.text)?.[1])
  if (!Number.isInteger(start)) throw new Error('the PDF has no table of its objects')
  const table = file.text.startsWith('xref', start)
    ? textTable(file, start)
    : streamTable(file, start)
  if (table.trailer['Prev'] !== undefined) throw new Error('the PDF was changed after it was made')
  return table
}

const shape = /xref\s+0 \d+\s+((?:\d{10} \d{5} [nf]\s+)+)trailer\s/y

function textTable({ text }: PdfFile, start: number): PdfTable {
  shape.lastIndex = start
  const [, table = ''] = shape.exec(text) ?? []
  const places = new Map<number, PdfPlace>()
  ;[...table.matchAll(/(\d{10}) \d{5} ([nf])/g)].forEach(([, offset, use], id) => {
    if (use === 'n') places.set(id, { offset: Number(offset) })
  })
  return { places, trailer: membersOf(readValue({ text, at: shape.lastIndex })) }
}

/** Rows of three numbers, each as many bytes as `W` says: what kind of place it is, and the place. */
function streamTable(file: PdfFile, start: number): PdfTable {
  const { value, stream } = objectAt(file, start, undefined)
  const trailer = membersOf(value)
  const [kindBytes = 0, firstBytes = 0, secondBytes = 0] = trailer['W'] as readonly number[]
  const rowBytes = kindBytes + firstBytes + secondBytes
  const places = new Map<number, PdfPlace>()
  for (let id = 0; id * rowBytes < stream.length; id++) {
    const row = stream.subarray(id * rowBytes, (id + 1) * rowBytes)
    const kind = numberIn(row.subarray(0, kindBytes))
    const first = numberIn(row.subarray(kindBytes, kindBytes + firstBytes))
    if (kind === 1) places.set(id, { offset: first })
    if (kind === 2) places.set(id, { within: first, nth: numberIn(row.subarray(-secondBytes)) })
  }
  return { places, trailer }
}

const numberIn = (bytes: Buffer): number => bytes.reduce((value, byte) => value * 256 + byte, 0)
