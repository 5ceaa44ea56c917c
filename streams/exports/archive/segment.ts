import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type ArchivedItem, itemHeader, uint32Max } from '#streams/exports/archive/item-header'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** What is put into an archive. */
export interface Item {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The same, its bytes in several pieces, in order. */
export interface ItemInPieces {
  readonly name: string
  readonly bytes: readonly Uint8Array[]
}

/** A piece of an archive, to be put behind others as it is. */
export interface Segment {
  /** All of its bytes, in order; the items are among them and not copied. */
  readonly parts: readonly Uint8Array[]
  readonly bytes: number
  /** In the order they lie in. */
  readonly items: readonly ArchivedItem[]
}

/** Items as a piece of an archive. The same items and date are the same bytes. */
export function segmentOf(items: readonly (Item | ItemInPieces)[], stamp: ZipStamp): Segment {
  const archived = items.map(archivedItem)
  const parts = archived.flatMap((item, at) => [itemHeader(item, stamp), ...piecesOf(items[at]!)])
  return { parts, bytes: sizeOf(parts), items: archived }
}

const piecesOf = ({ bytes }: Item | ItemInPieces): readonly Uint8Array[] =>
  bytes instanceof Uint8Array ? [bytes] : bytes

const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0)

function archivedItem(item: Item | ItemInPieces): ArchivedItem {
  const digest = createHash('sha256')
  const pieces = piecesOf(item)
  let crc = 0
  for (const piece of pieces) {
    digest.update(piece)
    crc = crc32(piece, crc)
  }
  const bytes = sizeOf(pieces)
  if (bytes >= uint32Max) throw new Error(`an item of ${bytes} bytes`)
  return { name: item.name, bytes, crc, sha256: digest.digest() }
}
