import { correctionOf } from '#connectors/pdf-compiled/qr-correction'
import { gridOf, type QrGrid } from '#connectors/pdf-compiled/qr-grid'
import { type QrVersion, qrVersions } from '#connectors/pdf-compiled/qr-version'

/** A code of level M: its rows from the top, in whole bytes, the first module in the highest bit; ones are black. */
export interface QrCode {
  /** Modules on a side, without the quiet zone. */
  readonly size: number
  readonly rows: Uint8Array<ArrayBuffer>
}

/** The longest text, in bytes. */
export const qrBytesMax = qrVersions.at(-1)!.bytesMax

const grids = new Map<QrVersion, QrGrid>()

/** The code of a text of printable ASCII; undefined where there is none: it is empty, too long, or something else. */
export function qrCode(text: string): QrCode | undefined {
  const version = qrVersions.find(({ bytesMax }) => text.length <= bytesMax)
  if (!version || !/^[\x20-\x7E]+$/.test(text)) return undefined
  let grid = grids.get(version)
  if (!grid) grids.set(version, (grid = gridOf(version)))
  const words = inTurn(wordsOf(Buffer.from(text, 'latin1'), version), version)
  const { bytes, bits } = grid
  const rows = grid.rows.slice()
  for (let bit = 0; bit < words.length * 8; bit++) {
    if (words[bit >> 3]! & (128 >> (bit & 7))) rows[bytes[bit]!]! ^= bits[bit]!
  }
  return { size: version.size, rows }
}

/** Four bits that say bytes, how many, and they; zeros up to a whole byte; then two bytes in turn. */
function wordsOf(text: Buffer, { version, blocks }: QrVersion): Uint8Array {
  const words = new Uint8Array(blocks.reduce((sum, length) => sum + length, 0))
  const count = version < 10 ? [text.length] : [text.length >> 8, text.length & 255]
  let half = 4
  let at = 0
  for (const byte of [...count, ...text]) {
    words[at++] = (half << 4) | (byte >> 4)
    half = byte & 15
  }
  words[at++] = half << 4
  for (let filler = 0xec; at < words.length; filler ^= 0xec ^ 0x11) words[at++] = filler
  return words
}

/** One byte of each block in turn: first all of the text, then all that corrects it. */
function inTurn(words: Uint8Array, { blocks, correctionBytes }: QrVersion): Uint8Array {
  let from = 0
  const texts = blocks.map((length) => words.subarray(from, (from += length)))
  const corrections = texts.map((text) => correctionOf(text, correctionBytes))
  const all = new Uint8Array(words.length + blocks.length * correctionBytes)
  let at = 0
  for (let nth = 0; nth < blocks.at(-1)!; nth++) {
    for (const text of texts) if (nth < text.length) all[at++] = text[nth]!
  }
  for (let nth = 0; nth < correctionBytes; nth++) {
    for (const correction of corrections) all[at++] = correction[nth]!
  }
  return all
}
