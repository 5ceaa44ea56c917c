import type { PartitionCut } from '#apps/corrente/debits/take-cut'
import { readValue } from '#apps/corrente/debits/topic-feed'
import type { PartitionRows } from '#apps/corrente/debits/verification-rows'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { InputRecord } from '#core/records'
import { recordsBetween } from '#core/records-between'
import { debitRows } from '#schemas/topics'
import { placeIn } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

interface Reading {
  readonly log: Pick<LogAccess, 'kafka' | 'wire' | 'offsets'>
  readonly cut: Pick<PartitionCut, 'partition' | 'rowsEnd'>
  readonly rows: Pick<PartitionRows, 'found' | 'relieve'>
  readonly violations: Violations
}

/** Keeps the newest row of each key that the changelog has before the cut. */
export async function readRows(reading: Reading): Promise<void> {
  const { log, cut, rows } = reading
  const place = { topic: debitRows.name, partition: cut.partition }
  const from = await log.offsets.beginnings([place])
  const ends = [{ ...place, offset: cut.rowsEnd }]
  for await (const records of recordsBetween(log.kafka, { from, ends, areBare: true })) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    for (const record of records) keep(record, reading)
    await rows.relieve()
  }
}

function keep(record: InputRecord, { log, rows, violations }: Reading): void {
  const { key, value, partition, offset } = record
  const read = value === null ? { value: null } : readValue(log.wire, debitRows, record)
  if (key !== null && 'value' in read) return rows.found.put(key, read.value)
  const at = placeIn(debitRows, partition, offset)
  const what = 'reason' in read ? read.reason : 'it has no key'
  violations.note({ kind: 'unreadable-record', at, account_id: null, what })
}
