import { readable } from '#core/await-registry'
import type { Item } from '#core/item'
import type { ParkedRows, Settled } from '#core/lane-entries'
import type { Write } from '#core/outputs'
import { recordFrom } from '#core/parked-heads'
import type { InputRecord } from '#core/records'
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
    itemOf: (row) => decode(recordFrom(row)),
  }
}

/** What keeps a record that waits: its row, and the place it gives up when it is parked. */
export function parkedWrite(
  { item, row, kind }: Extract<Settled, { kind: 'parked' | 'postponed' }>,
  { table, wire }: Pick<Given, 'table' | 'wire'>,
): Write {
  const { partition } = item.record
  const value = wire.encode(table, row)
  return {
    partition,
    outputs: [{ topic: table.name, partition, key: row.place, value, headers: {} }],
    rows: [{ table: table.name, key: row.place, bytes: value }],
    ...(kind === 'parked' && item.behind ? { behind: item.behind } : {}),
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
