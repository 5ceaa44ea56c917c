import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type ArchivedItem, itemHeader, uint32Max } from '#streams/exports/archive/item-header'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** An item with its header, as a piece of an archive that is written as it is made. */
export interface StreamedItem {
  readonly item: ArchivedItem
  parts(): AsyncGenerator<Uint8Array>
}

/**
 * An item that is not held in memory. Its header tells its length and CRC, so `bytesOf` is asked for its bytes twice, and
 * must give the same ones.
 */
export async function streamedItem(
  name: string,
  bytesOf: () => AsyncIterable<Uint8Array>,
  stamp: ZipStamp,
): Promise<StreamedItem> {
  const digest = createHash('sha256')
  let bytes = 0
  let crc = 0
  for await (const part of bytesOf()) {
    digest.update(part)
    bytes += part.length
    crc = crc32(part, crc)
  }
  if (bytes >= uint32Max) throw new Error(`an item of ${bytes} bytes`)
  const item = { name, bytes, crc, sha256: digest.digest() }
  async function* parts() {
    yield itemHeader(item, stamp)
    yield* bytesOf()
  }
  return { item, parts }
}
