import type { Bitmap } from '#tests/contract/rendering/page-pen'
import { type DrawnSquare, drawnModules } from '#tests/contract/rendering/qr-modules'
import type { ReadPage } from '#tests/contract/rendering/read-pdf'

/** A QR code as it was drawn. */
export interface ReadQr extends DrawnSquare {
  readonly text: string
  readonly level: 'L' | 'M' | 'Q' | 'H'
  readonly version: number
}

/** Blocks of level M by version from 1 on: how many, and bytes of text and of correction in each. */
const blocksOfM = [
  [1, 16, 10],
  [1, 28, 16],
  [1, 44, 26],
  [2, 32, 18],
  [2, 43, 24],
  [4, 27, 16],
] as const

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
]

/**
 * Reads the one QR code of a page, as a reader that takes it for undamaged: bytes, versions 1 to 6, level M. Throws where
 * there is none, or where format, correction or length do not hold.
 */
export function readQr(page: ReadPage): ReadQr {
  const { modules, ...square } = drawnModules(page)
  const version = (modules.length - 17) / 4
  const { level, mask } = formatOf(modules)
  const block = blocksOfM[version - 1]
  if (level !== 'M' || !block) throw new Error(`reads no version ${version} of level ${level}`)
  const bytes = blocksIn(codewords(modules, masks[mask]!), block).flatMap((one) => {
    if (!isUndamaged(one, block[2])) throw new Error('the correction of the QR code does not hold')
    return one.slice(0, block[1])
  })
  return { ...square, level, version, text: textIn(bytes) }
}

/** Level and mask, from the fifteen bits beside the upper left finder. */
function formatOf(modules: Bitmap) {
  const isSet = (row: number, column: number) => modules[row]![column]
  const columns = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => isSet(8, column))
  const rows = [7, 5, 4, 3, 2, 1, 0].map((row) => isSet(row, 8))
  const bits = [...columns, ...rows].reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)
  const format = [...Array(32).keys()].find((one) => withCheck(one) === bits)
  if (format === undefined) throw new Error('the format of the QR code does not hold')
  return { level: (['M', 'L', 'H', 'Q'] as const)[format >> 3]!, mask: format & 7 }
}

function withCheck(format: number): number {
  let rest = format << 10
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10)
  return ((format << 10) | rest) ^ 0x5412
}

/** The bytes as they lie, without the mask. */
function codewords(modules: Bitmap, mask: (row: number, column: number) => boolean): number[] {
  const bits = placesOf(modules.length).map(([row, column]) =>
    modules[row]![column] !== mask(row, column) ? 1 : 0,
  )
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce<number>((value, bit) => value * 2 + bit, 0),
  )
}

/** Where the bits lie: two columns at a time from the right, up and down in turn, around what is not text. */
function placesOf(count: number): readonly (readonly [row: number, column: number])[] {
  const rights = Array.from({ length: count >> 1 }, (_, nth) => count - 1 - 2 * nth)
  const pairs = rights.map((right) => (right > 6 ? right : right - 1))
  return pairs.flatMap((right, nth) =>
    Array.from({ length: count }, (_, step) => (nth % 2 === 0 ? count - 1 - step : step))
      .flatMap((row) => [[row, right] as const, [row, right - 1] as const])
      .filter(([row, column]) => !isFixed(row, column, count)),
  )
}

/** Finders with the format beside them, timing lines, and the one alignment pattern of versions 2 to 6. */
function isFixed(row: number, column: number, count: number): boolean {
  const isFinder =
    (row < 9 && column < 9) || (row < 9 && column >= count - 8) || (row >= count - 8 && column < 9)
  const isAlignment =
    count > 21 && Math.abs(row - count + 7) <= 2 && Math.abs(column - count + 7) <= 2
  return isFinder || isAlignment || row === 6 || column === 6
}

/** The blocks, whose bytes lie in turn: first all of text, then all of correction. */
function blocksIn(bytes: readonly number[], [count, text, correction]: (typeof blocksOfM)[number]) {
  return Array.from({ length: count }, (_, block) =>
    Array.from({ length: text + correction }, (_, at) => bytes[at * count + block]!),
  )
}

/** Whether the bytes, as a polynomial, are zero at each power of two the correction stands for. */
const isUndamaged = (bytes: readonly number[], correction: number): boolean =>
  [...Array(correction).keys()].every((power) => {
    let at = 1
    for (let n = 0; n < power; n++) at = product(at, 2)
    return bytes.reduce((value, byte) => product(value, at) ^ byte, 0) === 0
  })

/** In the field of 256 elements of QR codes. */
function product(a: number, b: number): number {
  let result = 0
  for (let bit = 7; bit >= 0; bit--) {
    result = (result << 1) ^ (result & 0x80 ? 0x11d : 0)
    if ((b >> bit) & 1) result ^= a
  }
  return result
}

/** A segment of bytes: the mode 4, how many (eight bits up to version 9), and they. */
function textIn(bytes: readonly number[]): string {
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 15])
  const byteAt = (at: number) => nibbles[at]! * 16 + nibbles[at + 1]!
  if (nibbles[0] !== 4) throw new Error('the QR code is not one of bytes')
  const text = Array.from({ length: byteAt(1) }, (_, n) => byteAt(3 + 2 * n))
  return Buffer.from(text).toString('utf8')
}
