import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type ArchivedItem, itemHeader, uint32Max } from '#streams/exports/archive/item-header'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** What is put into an archive. */
export interface Item {
  readonly name: string
  readonly bytes: Uint8Array
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
export function segmentOf(items: readonly Item[], stamp: ZipStamp): Segment {
  const archived = items.map(archivedItem)
  const parts = archived.flatMap((item, at) => [itemHeader(item, stamp), items[at]!.bytes])
  return { parts, bytes: parts.reduce((sum, part) => sum + part.length, 0), items: archived }
}

function archivedItem({ name, bytes }: Item): ArchivedItem {
  if (bytes.length >= uint32Max) throw new Error(`an item of ${bytes.length} bytes`)
  const sha256 = hash('sha256', bytes, 'buffer')
  return { name, bytes: bytes.length, crc: crc32(bytes), sha256 }
}
