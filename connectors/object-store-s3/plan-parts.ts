import { copyBytesMax, partBytesMin } from '#connectors/object-store-s3/config'

/** Some of an object that is there. */
export interface Slice {
  readonly key: string
  readonly etag: string
  readonly from: number
  readonly to: number
}

/** What comes next in an object that is composed. */
export type Piece = Slice | Uint8Array

/** A part of an upload: copied inside the store, or joined here out of pieces. */
export type PlannedPart = { readonly copy: Slice } | { readonly join: readonly Piece[] }

export const lengthOf = (piece: Piece): number =>
  piece instanceof Uint8Array ? piece.length : piece.to - piece.from

/**
 * The parts of an object that is made of these pieces. S3 takes none below 5 MiB but the last one: what is smaller is
 * joined with what follows, and of an object only as much is read as that takes. So no part that is joined has more than
 * three times the least.
 */
export function planParts(pieces: readonly Piece[]): readonly PlannedPart[] {
  const parts: PlannedPart[] = []
  let waiting: Piece[] = []
  const join = () => {
    if (waiting.length > 0) parts.push({ join: waiting })
    waiting = []
  }
  for (const piece of pieces.filter((one) => lengthOf(one) > 0)) {
    const missing = Math.max(partBytesMin - total(waiting), 0)
    const read = waiting.length === 0 ? 0 : missing
    const isCopied = !(piece instanceof Uint8Array) && lengthOf(piece) - read >= partBytesMin
    if (isCopied) {
      const [head, rest] = cut(piece, read)
      if (head) waiting.push(head)
      join()
      parts.push(...copies(rest))
    } else {
      waiting.push(piece)
      if (total(waiting) >= partBytesMin) join()
    }
  }
  join()
  return parts
}

const total = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)

const cut = (slice: Slice, bytes: number): readonly [Slice | undefined, Slice] => {
  const at = slice.from + bytes
  return [bytes === 0 ? undefined : { ...slice, to: at }, { ...slice, from: at }]
}

/** In as few equal ones as may be copied at once. */
function copies(slice: Slice): readonly PlannedPart[] {
  const count = Math.ceil(lengthOf(slice) / copyBytesMax)
  const size = Math.ceil(lengthOf(slice) / count)
  return Array.from({ length: count }, (_, nth) => {
    const from = slice.from + nth * size
    return { copy: { ...slice, from, to: Math.min(from + size, slice.to) } }
  })
}
