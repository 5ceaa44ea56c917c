import { hash } from 'node:crypto'
import type { InputRecord } from '#core/records'

/** Where a record was first read: the coordinates its ids are made of. */
export type Coordinates = Pick<InputRecord, 'topic' | 'partition' | 'offset'>

export const coordinatesText = ({ topic, partition, offset }: Coordinates): string =>
  `${topic}/${partition}/${offset}`

/**
 * A UUID (version 8, RFC 9562 §5.8) made of unit, coordinates and ordinal, so that a record handled again
 * gives the same ids. Never begins with `000`: MyPay refuses a payment whose iud does.
 */
export function derivedId(unit: string, coordinates: Coordinates, ordinal: string): string {
  for (let attempt = 0; ; attempt++) {
    const text = `${unit}|${coordinatesText(coordinates)}|${ordinal}|${attempt}`
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
