// Of level M, by version from 1 on: bytes of correction in each block, and how many blocks there are.
const correctionBytes = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]

/** What holds of all QR codes of level M that are of one size. */
export interface QrVersion {
  readonly version: number
  /** Modules on a side. */
  readonly size: number
  /** Bytes of text in each block, with what tells how many they are. */
  readonly blocks: readonly number[]
  readonly correctionBytes: number
  /** The longest text. */
  readonly bytesMax: number
  /** Rows and columns that the small squares stand at. */
  readonly centres: readonly number[]
}

function versionOf(version: number): QrVersion {
  const size = 17 + 4 * version
  const centres = centresOf(version, size)
  const count = blockCounts[version - 1]!
  const correction = correctionBytes[version - 1]!
  const bytes = Math.floor(textModules(version, centres.length) / 8)
  const shorter = count - (bytes % count)
  const blocks = Array.from(
    { length: count },
    (_, nth) => Math.floor(bytes / count) - correction + (nth < shorter ? 0 : 1),
  )
  // Four bits say what kind of text it is, and one or two bytes how long.
  const bytesMax = bytes - count * correction - (version < 10 ? 2 : 3)
  return { version, size, blocks, correctionBytes: correction, bytesMax, centres }
}

/** Modules that are none of the patterns'. */
function textModules(version: number, centres: number): number {
  const withoutFinders = (16 * version + 128) * version + 64
  if (centres === 0) return withoutFinders
  return withoutFinders - ((25 * centres - 10) * centres - 55) - (version < 7 ? 0 : 36)
}

function centresOf(version: number, size: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = 2 * Math.ceil((version * 4 + 4) / (count * 2 - 2))
  const others = Array.from({ length: count - 1 }, (_, nth) => size - 7 - nth * step)
  return [6, ...others.reverse()]
}

/** By version from 1 on. A larger one would be hard to read from paper. */
export const qrVersions: readonly QrVersion[] = correctionBytes.map((_, nth) => versionOf(nth + 1))
