import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** What an archive knows of an item that lies in it. */
export interface ArchivedItem {
  readonly name: string
  /** Below 4 GiB: only places in an archive go beyond, never a single item. */
  readonly bytes: number
  readonly crc: number
  readonly sha256: Uint8Array
}

/** The greatest number of four bytes; as a size or a place it means "see elsewhere". */
export const uint32Max = 0xffff_ffff

/** Nothing is read that says more than ZIP 2.0. */
const versionNeeded = 20
/** Names are in UTF-8. */
export const itemFlags = 0x0800
const fixedBytes = 30

/** What stands before the bytes of an item (APPNOTE 4.3.7). They are stored as they are: PDFs are deflated already. */
export function itemHeader(
  { name, bytes, crc }: Pick<ArchivedItem, 'name' | 'bytes' | 'crc'>,
  { time, date }: ZipStamp,
): Buffer {
  const header = Buffer.alloc(itemHeaderBytes(name))
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(versionNeeded, 4)
  header.writeUInt16LE(itemFlags, 6)
  header.writeUInt16LE(time, 10)
  header.writeUInt16LE(date, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(bytes, 18)
  header.writeUInt32LE(bytes, 22)
  header.writeUInt16LE(header.length - fixedBytes, 26)
  header.write(name, fixedBytes)
  return header
}

export const itemHeaderBytes = (name: string): number => fixedBytes + Buffer.byteLength(name)
