import { centsOf, keyNumberOf, keyOf, rowCounts } from '#tests/bench/engine/bench-events'
import type { Seen } from '#tests/soak/engine/read-topic'
import { type Found, Violations } from '#tests/soak/engine/scenario'

/** Judges the changelog of a counting unit: the last row of each key is the sum of its inputs. */
export class RowsCheck {
  readonly #last = new Map<string, string | undefined>()

  add({ key, value }: Seen): void {
    this.#last.set(key, value === null ? undefined : String(value['status']))
  }

  found(unit: string, { sent, keys }: { readonly sent: number; readonly keys: number }): Found {
    const violations = new Violations()
    const byKey = new Map<string, { count: number; cents: number }>()
    for (let sequence = 0; sequence < sent; sequence++) {
      const key = keyOf(keyNumberOf(sequence, keys))
      const row = byKey.get(key) ?? { count: 0, cents: 0 }
      byKey.set(key, row)
      row.count += 1
      row.cents += centsOf(sequence)
    }
    for (const [key, { count, cents }] of byKey) {
      const found = rowCounts(this.#last.get(key))
      if (found.count === count && found.cents === cents) continue
      violations.add(
        `${key} was counted ${found.count} times with ${found.cents} cents; ${count} and ${cents} are right`,
      )
    }
    for (const key of this.#last.keys()) if (!byKey.has(key)) violations.add(`a row of ${key}`)
    return {
      promise: `${unit}: the changelog is the sum of the inputs`,
      violations: violations.list(),
    }
  }
}
