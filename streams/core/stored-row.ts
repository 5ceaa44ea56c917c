import type { Row } from '#core/rows'

/** What is known of a row that lies on the disk without its value being decoded. */
export interface RowHead extends Pick<Row, 'version' | 'story'> {
  /** Whole: the name it lies under may be a digest. */
  readonly key: string
  /** Its value of each declared index, in their order. */
  readonly indexed: readonly string[]
}

const lengthBytes = 4

/** A row as it lies on the disk: the length of its head, the head, and its value as it came. */
export function storedRow(head: RowHead, value: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, value])
}

/** The two parts of a stored row. */
export function readStoredRow(stored: Buffer): { readonly head: RowHead; readonly value: Buffer } {
  const end = lengthBytes + stored.readUInt32BE(0)
  const head = JSON.parse(stored.toString('utf8', lengthBytes, end)) as RowHead
  return { head, value: stored.subarray(end) }
}
