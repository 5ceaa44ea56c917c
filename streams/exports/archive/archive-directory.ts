import { directoryEntry } from '#streams/exports/archive/directory-entry'
import { endRecords } from '#streams/exports/archive/end-records'
import { itemsIn, segmentBytes } from '#streams/exports/archive/segment-index'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** Things that come one after the other, at once or as they are read. */
export type Sequence<Thing> = Iterable<Thing> | AsyncIterable<Thing>

/**
 * What makes an archive of segments that lie behind each other: its directory and its end, by the indexes of the segments
 * in their order. One index at a time is looked at; the segments themselves never are.
 */
export async function* archiveDirectory(
  indexes: Sequence<Uint8Array>,
  stamp: ZipStamp,
): AsyncGenerator<Buffer> {
  let items = 0
  let at = 0
  let bytes = 0
  for await (const index of indexes) {
    const entries: Buffer[] = []
    for (const item of itemsIn(index)) entries.push(directoryEntry(item, at + item.at, stamp))
    const part = Buffer.concat(entries)
    if (part.length > 0) yield part
    items += entries.length
    at += segmentBytes(index)
    bytes += part.length
  }
  yield endRecords({ items, at, bytes })
}
