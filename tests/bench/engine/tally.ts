import { rowCounts } from '#tests/bench/engine/bench-events'
import { centsOf, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import type { Load } from '#tests/bench/engine/loads'

/** An output as the checker reads it. */
export interface Output {
  readonly payment_id: string
  readonly connector: string | null
  readonly transaction_id: string
}

/** Counts outputs: each input exactly once, by the place of the input they carry. */
export class Tally {
  readonly #places = new Map<string, Set<number>>()
  readonly #countsByKey = new Map<string, number>()
  #outputs = 0

  /** Throws at the second output of one input, and where a count of state is not the next of its key. */
  add({ payment_id, connector, transaction_id }: Output): void {
    const [partition, offset] = transaction_id.split('/') as [string, string]
    const seen = this.#places.get(partition) ?? new Set<number>()
    this.#places.set(partition, seen)
    const place = Number(offset)
    if (seen.has(place)) throw new Error(`the input ${transaction_id} has two outputs`)
    seen.add(place)
    this.#outputs += 1
    if (connector === null) return
    const count = (this.#countsByKey.get(payment_id) ?? 0) + 1
    this.#countsByKey.set(payment_id, count)
    if (Number(connector) === count) return
    throw new Error(`output ${count} of ${payment_id} says it is number ${connector}`)
  }

  get outputs(): number {
    return this.#outputs
  }
}

/** What a unit with state must have kept of a load: count and cents of each key. */
export function expectedRows({ records, keys }: Load): Map<string, ReturnType<typeof rowCounts>> {
  const rows = new Map<string, { count: number; cents: number }>()
  const byNumber = Array.from({ length: keys }, (_, n) => {
    const row = { count: 0, cents: 0 }
    rows.set(keyOf(n), row)
    return row
  })
  for (let sequence = 0; sequence < records; sequence++) {
    const row = byNumber[keyNumberOf(sequence, keys)]!
    row.count += 1
    row.cents += centsOf(sequence)
  }
  return rows
}

/** Throws where the last rows (status texts by key) are not what the load adds up to. */
export function assertRows(load: Load, last: ReadonlyMap<string, string>): void {
  const expected = expectedRows(load)
  if (last.size !== expected.size) {
    throw new Error(`the changelog has ${last.size} keys, and the load ${expected.size}`)
  }
  for (const [key, { count, cents }] of expected) {
    const found = rowCounts(last.get(key))
    if (found.count === count && found.cents === cents) continue
    throw new Error(
      `${key} was counted ${found.count} times with ${found.cents} cents; ${count} and ${cents} are right`,
    )
  }
}
