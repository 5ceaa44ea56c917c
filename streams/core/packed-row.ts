/**
 * A row that is kept: its bytes as a string of one character a byte. An encoder's Buffer is a slice of a slab of
 * several kB and would keep all of it alive; a string takes what the row takes.
 */
export type PackedRow = string

export const packed = (bytes: Buffer): PackedRow => bytes.toString('latin1')
export const unpacked = (row: PackedRow): Buffer => Buffer.from(row, 'latin1')

/** What a kept row costs beside its characters, bytes: the key, the entry and the two headers. */
const entryBytes = 96

/** Memory that a kept row takes, about; null is a row that was removed. */
export const memoryOf = (key: string, row: PackedRow | null): number =>
  key.length + (row?.length ?? 0) + entryBytes
