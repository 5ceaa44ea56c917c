import { type ArchivedItem, itemFlags, uint32Max } from '#streams/exports/archive/item-header'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

const fixedBytes = 46
const placeBytes = 12
/** Made on a Unix, by rules of ZIP 4.5. */
export const versionMade = 0x032d
/** A file that its owner writes and everybody reads. */
const attributes = (0o100644 << 16) >>> 0

/** An item in the directory of an archive (APPNOTE 4.3.12) in which its header begins at `at`. */
export function directoryEntry(item: ArchivedItem, at: number, stamp: ZipStamp): Buffer {
  const { name, bytes, crc } = item
  const nameBytes = Buffer.byteLength(name)
  const isFar = at >= uint32Max
  const entry = Buffer.alloc(fixedBytes + nameBytes + (isFar ? placeBytes : 0))
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(versionMade, 4)
  entry.writeUInt16LE(isFar ? 45 : 20, 6)
  entry.writeUInt16LE(itemFlags, 8)
  entry.writeUInt16LE(stamp.time, 12)
  entry.writeUInt16LE(stamp.date, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(bytes, 20)
  entry.writeUInt32LE(bytes, 24)
  entry.writeUInt16LE(nameBytes, 28)
  entry.writeUInt16LE(isFar ? placeBytes : 0, 30)
  entry.writeUInt32LE(attributes, 38)
  entry.writeUInt32LE(Math.min(at, uint32Max), 42)
  entry.write(name, fixedBytes)
  if (isFar) writePlace(entry, fixedBytes + nameBytes, at)
  return entry
}

/** The place in eight bytes (APPNOTE 4.5.3): of what may stand there, only what did not fit. */
function writePlace(entry: Buffer, from: number, at: number): void {
  entry.writeUInt16LE(0x0001, from)
  entry.writeUInt16LE(8, from + 2)
  entry.writeBigUInt64LE(BigInt(at), from + 4)
}
