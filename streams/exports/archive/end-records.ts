import { versionMade } from '#streams/exports/archive/directory-entry'
import { uint32Max } from '#streams/exports/archive/item-header'

/** The directory of an archive. */
export interface Directory {
  readonly items: number
  readonly at: number
  readonly bytes: number
}

const uint16Max = 0xffff
const endBytes = 22
const zip64EndBytes = 56
const locatorBytes = 20

/**
 * What an archive ends with, behind its directory (APPNOTE 4.3.14 to 4.3.16). Those of zip64 are there only where a number
 * needs them: also where it is the very one that means "see there".
 */
export function endRecords(directory: Directory): Buffer {
  const { items, at, bytes } = directory
  const isLarge = items >= uint16Max || at >= uint32Max || bytes >= uint32Max
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(items, uint16Max), 8)
  end.writeUInt16LE(Math.min(items, uint16Max), 10)
  end.writeUInt32LE(Math.min(bytes, uint32Max), 12)
  end.writeUInt32LE(Math.min(at, uint32Max), 16)
  return isLarge ? Buffer.concat([zip64Records(directory), end]) : end
}

function zip64Records({ items, at, bytes }: Directory): Buffer {
  const records = Buffer.alloc(zip64EndBytes + locatorBytes)
  records.writeUInt32LE(0x06064b50, 0)
  // What is left of it behind this number.
  records.writeBigUInt64LE(BigInt(zip64EndBytes - 12), 4)
  records.writeUInt16LE(versionMade, 12)
  records.writeUInt16LE(45, 14)
  records.writeBigUInt64LE(BigInt(items), 24)
  records.writeBigUInt64LE(BigInt(items), 32)
  records.writeBigUInt64LE(BigInt(bytes), 40)
  records.writeBigUInt64LE(BigInt(at), 48)
  records.writeUInt32LE(0x07064b50, zip64EndBytes)
  records.writeBigUInt64LE(BigInt(at + bytes), zip64EndBytes + 8)
  records.writeUInt32LE(1, zip64EndBytes + 16)
  return records
}
