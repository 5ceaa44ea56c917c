import { readable } from '#core/await-registry'
import type { Item } from '#core/item'
import type { ParkedRows, Settled } from '#core/lane-entries'
import type { Write } from '#core/outputs'
import { originalOf, recordFrom } from '#core/parked-heads'
import { type InputRecord, recordBytesMax } from '#core/records'
import type { PartitionState } from '#core/state'
import type { Wire } from '#core/wire'
import type { ParkedRecord } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'

interface Given {
  /** See `parkedTopic`. */
  readonly table: AnyTopic
  readonly state: PartitionState
  readonly wire: Wire
}

/** What a row may take, bytes: Kafka's own overhead, a long order key and a long error are to fit, too. */
const rowBytesMax = 2 * recordBytesMax - 100_000

const untried = { attempts: 0, error: null, first_tried_at: null, parked_at: 0, due_at: 0 }

function bytesOf({ value, headers }: InputRecord): number {
  let bytes = value?.length ?? 0
  for (const name in headers) bytes += 3 * (name.length + headers[name]!.length)
  return bytes
}

/** The parked records of a partition, read from its state. */
export const parkedRows = (
  { table, state, wire }: Given,
  decode: (record: InputRecord) => Item,
): ParkedRows => {
  const rowOf = (place: string, bytes: Buffer): ParkedRecord => {
    const decoded = wire.decode(table, bytes, place)
    if (decoded.kind !== 'value') throw new Error(`parked record ${place} has another version`)
    return decoded.value as ParkedRecord
  }
  return {
    get(place) {
      const bytes = state.get(table.name, place)
      return bytes && rowOf(place, bytes)
    },
    *all() {
      for (const [place, bytes] of state.range(table.name, {})) yield rowOf(place, bytes)
    },
    fits(record) {
      // As JSON a row has a third more: exactly is only worth its cost near the limit.
      if (bytesOf(record) <= recordBytesMax) return true
      const row = { place: '', order_key: '', sequence: 0, party: null, ...untried }
      return wire.encode(table, { ...row, record: originalOf(record) }).length <= rowBytesMax
    },
    itemOf: (row) => decode(recordFrom(row)),
  }
}

/** What keeps a record that waits: its row, and the place given up by what was parked, or asked to release it. */
export function parkedWrite(
  { item, row, kind }: Exclude<Settled, { kind: 'done' }>,
  { table, wire }: Pick<Given, 'table' | 'wire'>,
): Write {
  const { partition } = item.record
  const behind = kind !== 'postponed' && item.behind ? { behind: item.behind } : {}
  if (!row) return { partition, outputs: [], rows: [], ...behind }
  const value = wire.encode(table, row)
  return {
    partition,
    outputs: [{ topic: table.name, partition, key: row.place, value, headers: {} }],
    rows: [{ table: table.name, key: row.place, bytes: value }],
    ...behind,
  }
}

/** Takes the row of a record away, beside what came of it. */
export function withoutRow<Done extends Write>(done: Done, table: string, place: string): Done {
  const { partition } = done
  return {
    ...done,
    outputs: [...done.outputs, { topic: table, partition, key: place, value: null, headers: {} }],
    rows: [...done.rows, { table, key: place, bytes: null }],
  }
}

const learnedAtOnce = 1_000

/** After this every parked record can be decoded, whoever wrote it before this process began. */
export async function learnParked(
  rows: ParkedRows,
  wire: Wire,
  waiting: Parameters<typeof readable>[2],
): Promise<void> {
  let records: InputRecord[] = []
  for (const row of rows.all()) {
    records.push(recordFrom(row))
    if (records.length < learnedAtOnce) continue
    await readable(wire, records, waiting)
    records = []
  }
  await readable(wire, records, waiting)
}
