import type { KeyRange } from '#core/key-range'
import { mergedRows } from '#core/merged-rows'
import { SortedRows } from '#core/sorted-rows'
import type { PartitionStore } from '#core/state-store'

/** Changed rows by table; null removes. */
type Overlay = Map<string, SortedRows<Buffer | null>>

/** One changed row; `table` is the name of its changelog topic, `bytes` null removes. */
export interface RowChange {
  readonly table: string
  readonly key: string
  readonly bytes: Buffer | null
}

/**
 * What a unit sees of a partition: the store, over it what is being committed, and over that what the next transaction
 * will commit.
 */
export class PartitionState {
  readonly #store: PartitionStore
  #overlay: Overlay = new Map()
  #committing: Overlay = new Map()

  constructor(store: PartitionStore) {
    this.#store = store
  }

  get(table: string, key: string): Buffer | undefined {
    let changed = this.#overlay.get(table)?.get(key)
    if (changed === undefined) changed = this.#committing.get(table)?.get(key)
    return changed === undefined ? this.#store.get(table, key) : (changed ?? undefined)
  }

  /** In key order, the overlay included. Read it at once: rows changed meanwhile may or may not be seen. */
  range(table: string, range: KeyRange): Iterable<readonly [key: string, bytes: Buffer]> {
    const changed = this.#overlay.get(table)?.range(range) ?? []
    const committing = this.#committing.get(table)?.range(range) ?? []
    return mergedRows([changed, committing, this.#store.range(table, range)], range)
  }

  /** Into the overlay; null removes. */
  put(table: string, key: string, bytes: Buffer | null): void {
    const rows = this.#overlay.get(table) ?? new SortedRows()
    rows.set(key, bytes)
    this.#overlay.set(table, rows)
  }

  /** What was put so far is the transaction's that is now committed; what is put from now on is the next one's. */
  begin(): void {
    if (this.#committing.size > 0) throw new Error('two transactions of a partition at once')
    this.#committing = this.#overlay
    this.#overlay = new Map()
  }

  /** The transaction that began is committed: its rows become the store's. */
  commit(): void {
    for (const [table, rows] of this.#committing) this.#store.apply(table, [...rows.entries()])
    this.#committing = new Map()
  }
}
