import type { PartitionCut } from '#apps/corrente/debits/take-cut'
import { readValue } from '#apps/corrente/debits/topic-feed'
import { debitTimers, type TopicSources } from '#apps/corrente/debits/topic-sources'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import type { Timer } from '#schemas/generated/types'
import { debits } from '#schemas/topics'
import { placeIn } from '#streams/debits/verification/placed'
import type { FoundTimer } from '#streams/debits/verification/timer-check'
import type { Violations } from '#streams/debits/verification/violations'

interface Reading {
  readonly sources: Pick<TopicSources, 'of'>
  readonly offsets: Pick<LogAccess['offsets'], 'beginnings'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly cut: Pick<PartitionCut, 'partition' | 'timersEnd'>
  readonly violations: Violations
}

/** The timers that are armed in one partition, as their changelog has them before the cut. */
export async function readTimers(reading: Reading): Promise<readonly FoundTimer[]> {
  const { sources, offsets, wire, cut } = reading
  const place = { topic: debitTimers.name, partition: cut.partition }
  const from = await offsets.beginnings([place])
  const ends = [{ ...place, offset: cut.timersEnd }]
  const armed = new Map<string | null, FoundTimer>()
  for await (const records of sources.of(debitTimers).between({ from, ends, areBare: true })) {
    await wire.prepareRead(records.map(({ value }) => value))
    const found = records.map((record) => [record, timerIn(record, reading)] as const)
    await wire.prepareRead(found.map(([, timer]) => timer?.value ?? null))
    for (const [record, timer] of found) {
      armed.delete(record.key)
      const due = timer && dueIn(record, timer, reading)
      if (due) armed.set(record.key, due)
    }
  }
  return [...armed.values()]
}

/** The row of a timer; none where it went, or cannot be read. */
function timerIn(record: InputRecord, reading: Reading): Timer | undefined {
  if (record.value === null) return undefined
  const read = readValue(reading.wire, debitTimers, record)
  if ('value' in read) return read.value
  return noteUnreadable(record, read.reason, reading)
}

/** What it does when it is due; it is the request that is written then. */
function dueIn(record: InputRecord, timer: Timer, reading: Reading): FoundTimer | undefined {
  const read = readValue(reading.wire, debits, timer)
  if (!('value' in read)) return noteUnreadable(record, read.reason, reading)
  const request = read.value
  if (request.type !== 'HoldDue') return noteUnreadable(record, 'it ends no hold', reading)
  const { account_id, hold_due } = request
  const at = placeIn(debitTimers, record.partition, record.offset)
  return { account_id, hold_id: hold_due.hold_id, due_at: timer.due_at, at }
}

function noteUnreadable(
  { partition, offset }: InputRecord,
  what: string,
  { violations }: Reading,
): undefined {
  const at = placeIn(debitTimers, partition, offset)
  violations.note({ kind: 'unreadable-record', at, account_id: null, what })
}
