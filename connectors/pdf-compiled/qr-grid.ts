import type { QrVersion } from '#connectors/pdf-compiled/qr-version'

/** The modules of a code without its text: rows of whole bytes, the first module in the highest bit. */
export interface QrGrid {
  readonly rows: Uint8Array<ArrayBuffer>
  /** Where each bit of the text goes, in their order: the byte, and the bit of it that is turned by a one. */
  readonly bytes: Uint16Array
  readonly bits: Uint8Array
}

/** Black, white, or of the text. */
type Modules = (boolean | undefined)[][]

/**
 * The mask: every third column is turned. Readers take any; to choose the best of eight for each code would cost more
 * than the rest of a document.
 */
const mask = 2
const isMasked = (column: number): boolean => column % 3 === 0

/** The code of an empty text: its patterns, its format, and the mask. */
export function gridOf(version: QrVersion): QrGrid {
  const { size } = version
  const modules: Modules = Array.from({ length: size }, () =>
    Array<undefined>(size).fill(undefined),
  )
  drawTiming(modules)
  drawFinders(modules)
  drawAlignment(modules, version.centres)
  drawFormat(modules)
  if (version.version >= 7) drawVersion(modules, version.version)
  const places = placesOf(modules)
  for (const [row, column] of places) modules[row]![column] = isMasked(column)
  const rowBytes = (size + 7) >> 3
  const rows = new Uint8Array(rowBytes * size)
  modules.forEach((line, row) =>
    line.forEach((isBlack, column) => {
      if (isBlack) rows[row * rowBytes + (column >> 3)]! |= 128 >> (column & 7)
    }),
  )
  return {
    rows,
    bytes: Uint16Array.from(places, ([row, column]) => row * rowBytes + (column >> 3)),
    bits: Uint8Array.from(places, ([, column]) => 128 >> (column & 7)),
  }
}

function drawTiming(modules: Modules): void {
  modules.forEach((_, at) => (modules[6]![at] = modules[at]![6] = at % 2 === 0))
}

function drawFinders(modules: Modules): void {
  const far = modules.length - 4
  for (const centre of [
    [3, 3],
    [3, far],
    [far, 3],
  ] as const) {
    drawSquare(modules, centre, 4, (distance) => distance !== 2 && distance !== 4)
  }
}

function drawAlignment(modules: Modules, centres: readonly number[]): void {
  const last = modules.length - 7
  for (const row of centres) {
    for (const column of centres) {
      const isAtFinder =
        (row === 6 && (column === 6 || column === last)) || (row === last && column === 6)
      if (!isAtFinder) drawSquare(modules, [row, column], 2, (distance) => distance !== 1)
    }
  }
}

/** Rings around a centre, as far as they are in the code. */
function drawSquare(
  modules: Modules,
  [row, column]: readonly [number, number],
  reach: number,
  isBlack: (distance: number) => boolean,
): void {
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const line = modules[row + down]
      const isInside = column + right >= 0 && column + right < modules.length
      const distance = Math.max(Math.abs(down), Math.abs(right))
      if (line && isInside) line[column + right] = isBlack(distance)
    }
  }
}

/** The level, which for M is zero, and the mask, twice, with what corrects them. */
function drawFormat(modules: Modules): void {
  const size = modules.length
  const format = withCheck(mask, 10, 0x537) ^ 0x5412
  for (let bit = 0; bit < 15; bit++) {
    const isBlack = ((format >> bit) & 1) === 1
    if (bit < 8) modules[bit < 6 ? bit : bit + 1]![8] = modules[8]![size - 1 - bit] = isBlack
    else modules[8]![bit === 8 ? 7 : 14 - bit] = modules[size - 15 + bit]![8] = isBlack
  }
  modules[size - 8]![8] = true
}

/** The version, twice. */
function drawVersion(modules: Modules, version: number): void {
  const told = withCheck(version, 12, 0x1f25)
  for (let bit = 0; bit < 18; bit++) {
    const far = modules.length - 11 + (bit % 3)
    const near = Math.floor(bit / 3)
    modules[near]![far] = modules[far]![near] = ((told >> bit) & 1) === 1
  }
}

/** The value with so many bits behind it that it divides by the generator. */
function withCheck(value: number, bits: number, generator: number): number {
  let rest = value
  for (let bit = 0; bit < bits; bit++) {
    rest = (rest << 1) ^ ((rest >> (bits - 1)) & 1 ? generator : 0)
  }
  return (value << bits) | rest
}

/** Where the bits of the text go: two columns at a time from the right, up and down in turn, around what is drawn. */
function placesOf(modules: Modules): readonly Place[] {
  const size = modules.length
  const places: Place[] = []
  for (let right = size - 1, isUp = true; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const row = isUp ? size - 1 - step : step
      places.push([row, right], [row, right - 1])
    }
  }
  return places.filter(([row, column]) => modules[row]![column] === undefined)
}

type Place = readonly [row: number, column: number]
