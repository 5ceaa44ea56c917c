import { provenanceOf } from '#core/dead-letter'
import type { InputRecord, OutputRecord } from '#core/records'
import { redriveTopic } from '#schemas/engine/unit-topics'

const releaseHeader = 'corrente-release'

/** Records of one order key that wait, and where: the partition of the unit's input. */
export interface Parking {
  readonly unit: string
  readonly partition: number
  readonly orderKey: string
}

/**
 * Asks a unit that the first parked record of an order key is due now, whatever its retries say. It goes the way of what
 * is sent back: the unit takes it once, and where nothing of the key waits any more it does nothing.
 */
export const release = ({ unit, partition, orderKey }: Parking): OutputRecord => ({
  topic: redriveTopic(unit),
  partition,
  key: orderKey,
  value: null,
  headers: { [releaseHeader]: 'parked' },
})

/** The order key that a record of the redrive topic asks to release; undefined where it is a record that came back. */
export function releasedBy({ key, value, headers }: InputRecord): string | undefined {
  if (headers[releaseHeader] === undefined || key === null || value !== null) return undefined
  // A letter keeps the headers its writer gave it.
  return provenanceOf(headers) ? undefined : key
}
