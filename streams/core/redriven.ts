import { provenanceOf } from '#core/dead-letter'
import type { InputRecord } from '#core/records'

/** How often a record was sent back already: kept, so that its next dead letter says so. */
export const redrivesHeader = 'dlq.redrives'

/**
 * A record of the redrive topic as it was first read: its place, time and headers then, so that the ids made of it
 * are the same again. One without a dead letter's provenance, or on another partition than it came from, stands for
 * itself.
 */
export function asFirstRead(record: InputRecord): InputRecord {
  const place = provenanceOf(record.headers)
  // The rows of another partition may be another process's.
  if (!place || place.partition !== record.partition) return record
  const headers = Object.fromEntries(
    Object.entries(record.headers).filter(
      ([name]) => !name.startsWith('dlq.') || name === redrivesHeader,
    ),
  )
  return { ...record, ...place, headers, sentBackAt: record.timestamp }
}
