import type { PartitionCut } from '#apps/corrente/debits/take-cut'
import { readValue } from '#apps/corrente/debits/topic-feed'
import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { PartitionRows } from '#apps/corrente/debits/verification-rows'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import { debitRows } from '#schemas/topics'
import { placeIn } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

interface Reading {
  readonly sources: Pick<TopicSources, 'of'>
  readonly offsets: Pick<LogAccess['offsets'], 'beginnings'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly cut: Pick<PartitionCut, 'partition' | 'rowsEnd'>
  readonly rows: Pick<PartitionRows, 'found' | 'relieve'>
  readonly violations: Violations
}

/** Keeps the newest row of each key that the changelog has before the cut. */
export async function readRows(reading: Reading): Promise<void> {
  const { sources, offsets, wire, cut, rows } = reading
  const place = { topic: debitRows.name, partition: cut.partition }
  const from = await offsets.beginnings([place])
  const ends = [{ ...place, offset: cut.rowsEnd }]
  for await (const records of sources.of(debitRows).between({ from, ends, areBare: true })) {
    await wire.prepareRead(records.map(({ value }) => value))
    for (const record of records) keep(record, reading)
    await rows.relieve()
  }
}

function keep(record: InputRecord, { wire, rows, violations }: Reading): void {
  const { key, value, partition, offset } = record
  const read = value === null ? { value: null } : readValue(wire, debitRows, record)
  if (key !== null && 'value' in read) return rows.found.put(key, read.value)
  const at = placeIn(debitRows, partition, offset)
  const what = 'reason' in read ? read.reason : 'it has no key'
  violations.note({ kind: 'unreadable-record', at, account_id: null, what })
}
