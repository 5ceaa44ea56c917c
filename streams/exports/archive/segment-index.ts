import { RejectedError } from '#core/errors'
import { type ArchivedItem, itemHeaderBytes } from '#streams/exports/archive/item-header'

/** An item and where its header begins in its segment. */
export interface PlacedItem extends ArchivedItem {
  readonly at: number
}

const mark = Buffer.from('SEG1')
const headBytes = 8
const fixedBytes = 41

/**
 * What is kept beside a segment, so that nobody has to read it again: `SEG1`, the number of items (4 bytes), then of each
 * its CRC (4), its bytes (4), its SHA-256 (32), the length of its name (1) and its name in UTF-8. Numbers have their lowest
 * byte first. Items lie in this order with nothing between them, so their places follow.
 */
export function segmentIndex(items: readonly ArchivedItem[]): Buffer {
  const head = Buffer.alloc(headBytes)
  mark.copy(head)
  head.writeUInt32LE(items.length, mark.length)
  return Buffer.concat([head, ...items.map(entryOf)])
}

function entryOf({ name, bytes, crc, sha256 }: ArchivedItem): Buffer {
  const nameBytes = Buffer.byteLength(name)
  const entry = Buffer.alloc(fixedBytes + nameBytes)
  entry.writeUInt32LE(crc, 0)
  entry.writeUInt32LE(bytes, 4)
  entry.set(sha256, 8)
  entry.writeUInt8(nameBytes, fixedBytes - 1)
  entry.write(name, fixedBytes)
  return entry
}

/** The items of an index. Throws RejectedError 'bad-segment-index' where it is none, or was cut. */
export function* itemsIn(index: Uint8Array): Generator<PlacedItem> {
  const bytes = Buffer.from(index.buffer, index.byteOffset, index.length)
  if (!bytes.subarray(0, mark.length).equals(mark) || bytes.length < headBytes) throw refused()
  let place = 0
  let from = headBytes
  for (let left = bytes.readUInt32LE(mark.length); left > 0; left--) {
    const nameFrom = from + fixedBytes
    const to = nameFrom + (bytes[nameFrom - 1] ?? Infinity)
    if (to > bytes.length) throw refused()
    const item = {
      name: bytes.toString('utf8', nameFrom, to),
      crc: bytes.readUInt32LE(from),
      bytes: bytes.readUInt32LE(from + 4),
      sha256: bytes.subarray(from + 8, from + 40),
      at: place,
    }
    yield item
    place += placeOf(item)
    from = to
  }
  if (from !== bytes.length) throw refused()
}

/** The length of a segment, by its index. */
export function segmentBytes(index: Uint8Array): number {
  let bytes = 0
  for (const item of itemsIn(index)) bytes = item.at + placeOf(item)
  return bytes
}

const placeOf = ({ name, bytes }: ArchivedItem): number => itemHeaderBytes(name) + bytes

const refused = () => new RejectedError('bad-segment-index', 'the index of a segment is broken')
