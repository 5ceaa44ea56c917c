import { type LogAccess, partitionsIn, wholeOf } from '#apps/platform/inspection/log-access'
import type { Unit } from '#core/processor'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import { parkedTopic } from '#schemas/engine/unit-topics'
import type { ParkedRecord } from '#schemas/generated/types'

/** Records of one order key that wait, one behind the other. */
export interface ParkedKey {
  readonly unit: string
  /** Of the unit's input: whose order is kept. */
  readonly partition: number
  readonly orderKey: string
  readonly count: number
  /** Of the first in line, which the others wait for. */
  readonly attempts: number
  readonly error: string | null
  readonly party: string | null
  /** Milliseconds since the epoch. */
  readonly parkedAtMs: number
  readonly dueAtMs: number
}

/** What is kept of a parked record: not the record. */
type Parked = Pick<
  ParkedRecord,
  'order_key' | 'sequence' | 'party' | 'attempts' | 'error' | 'parked_at' | 'due_at'
> & { readonly partition: number }

/** What is parked in one unit, as its changelog says. */
export class ParkedRows {
  readonly unit: string
  readonly #rows = new Map<string, Parked>()

  constructor(unit: string) {
    this.unit = unit
  }

  /** A record of the changelog, its writer's schema known. One that cannot be read changes nothing. */
  note(wire: Wire, { key, value, partition }: InputRecord): void {
    if (key === null) return
    // Of what is ordered by another key than it is written under, two partitions may hold the same place.
    const name = `${partition}/${key}`
    if (value === null) return void this.#rows.delete(name)
    try {
      const decoded = wire.decode(parkedTopic(this.unit), value, key)
      if (decoded.kind !== 'value') return
      const { record: _, place: __, ...parked } = decoded.value as ParkedRecord
      this.#rows.set(name, { ...parked, partition })
    } catch {
      return
    }
  }

  /** The keys that wait, the one that is due first before the others. */
  keys(): readonly ParkedKey[] {
    const heads = new Map<string, { head: Parked; count: number }>()
    for (const row of this.#rows.values()) {
      const name = `${row.partition}/${row.order_key}`
      const known = heads.get(name)
      const isHead = !known || row.sequence < known.head.sequence
      heads.set(name, { head: isHead ? row : known.head, count: (known?.count ?? 0) + 1 })
    }
    return [...heads.values()]
      .map(({ head, count }) => this.#keyOf(head, count))
      .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
  }

  #keyOf(head: Parked, count: number): ParkedKey {
    const { order_key, attempts, error, party, parked_at, due_at, partition } = head
    const times = { parkedAtMs: parked_at, dueAtMs: due_at }
    const rest = { count, attempts, error, party, ...times }
    return { unit: this.unit, partition, orderKey: order_key, ...rest }
  }
}

/** The units that can park records. */
export const parkingUnits = (units: readonly Unit[]): readonly Unit[] =>
  units.filter(({ kind }) => kind === 'task')

/** What is parked in a unit now. A unit whose topic does not exist has nothing parked. */
export async function readParked(log: LogAccess, unit: string): Promise<readonly ParkedKey[]> {
  const rows = new ParkedRows(unit)
  for await (const records of wholeOf(log, await partitionsIn(log, parkedTopic(unit).name))) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    for (const record of records) rows.note(log.wire, record)
  }
  return rows.keys()
}
