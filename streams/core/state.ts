import type { KeyRange } from '#core/key-range'
import { mergedRows } from '#core/merged-rows'
import { SortedRows } from '#core/sorted-rows'
import type { PartitionStore } from '#core/state-store'

/** One changed row; `table` is the name of its changelog topic, `bytes` null removes. */
export interface RowChange {
  readonly table: string
  readonly key: string
  readonly bytes: Buffer | null
}

/** What a unit sees of a partition: the store, and over it what its open transaction will commit. */
export class PartitionState {
  readonly #store: PartitionStore
  #overlay = new Map<string, SortedRows<Buffer | null>>()

  constructor(store: PartitionStore) {
    this.#store = store
  }

  get(table: string, key: string): Buffer | undefined {
    const changed = this.#overlay.get(table)?.get(key)
    return changed === undefined ? this.#store.get(table, key) : (changed ?? undefined)
  }

  /** In key order, the overlay included. Read it at once: rows changed meanwhile may or may not be seen. */
  range(table: string, range: KeyRange): Iterable<readonly [key: string, bytes: Buffer]> {
    const changed = this.#overlay.get(table)?.range(range) ?? []
    return mergedRows([changed, this.#store.range(table, range)], range)
  }

  /** Into the overlay; null removes. */
  put(table: string, key: string, bytes: Buffer | null): void {
    const rows = this.#overlay.get(table) ?? new SortedRows()
    rows.set(key, bytes)
    this.#overlay.set(table, rows)
  }

  /** The transaction is committed: the overlay becomes the store's. */
  commit(): void {
    for (const [table, rows] of this.#overlay) this.#store.apply(table, rows.entries())
    this.#overlay = new Map()
  }
}
