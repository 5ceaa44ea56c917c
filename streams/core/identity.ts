import { hash } from 'node:crypto'
import type { InputRecord } from '#core/records'

/** Where a record was first read. */
type Coordinates = Pick<InputRecord, 'topic' | 'partition' | 'offset'>

/** What a record's ids are made of: where it was first read, when, and its bytes. */
export type Identified = Pick<InputRecord, 'topic' | 'partition' | 'offset' | 'timestamp' | 'value'>

export const coordinatesText = ({ topic, partition, offset }: Coordinates): string =>
  `${topic}/${partition}/${offset}`

const digests = new WeakMap<Identified, string>()

// Offsets begin at 0 again on a topic made anew and in every cluster; with its time and bytes a record is one of
// a kind, and no two debts share an id at an intermediary that serves both clusters.
function digestOf(record: Identified): string {
  const known = digests.get(record)
  if (known !== undefined) return known
  const place = Buffer.from(`${coordinatesText(record)}|${record.timestamp}|`)
  const digest = hash('sha256', Buffer.concat([place, record.value ?? Buffer.alloc(0)]), 'hex')
  digests.set(record, digest)
  return digest
}

/**
 * A UUID (version 8, RFC 9562 §5.8) made of unit, record and ordinal, so that a record handled again
 * gives the same ids. Never begins with `000`: MyPay refuses a payment whose iud does.
 */
export function derivedId(unit: string, record: Identified, ordinal: string): string {
  for (let attempt = 0; ; attempt++) {
    const text = `${unit}|${digestOf(record)}|${ordinal}|${attempt}`
    const id = uuidOf(hash('sha256', text, 'buffer'))
    if (!id.startsWith('000')) return id
  }
}

function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16))
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
