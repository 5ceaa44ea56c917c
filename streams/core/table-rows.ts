import type { HotRows } from '#core/hot-rows'
import type { KeyRange } from '#core/key-range'
import { type LayerRow, mergedRows } from '#core/merged-rows'
import { memoryOf, packed, type PackedRow, unpacked } from '#core/packed-row'
import { SortedRows } from '#core/sorted-rows'
import type { RowTree } from '#core/state-database'
import type { Changes } from '#core/state-store'

type Changed = SortedRows<PackedRow | null>

/** A row of the file is handed through as it is; one that is kept in memory is unpacked. */
const bytesOf = (row: PackedRow | Buffer): Buffer => (typeof row === 'string' ? unpacked(row) : row)

/**
 * The committed rows of one table and partition: those that changed since they were last written to the file, those
 * being written, those lately used, and the file, in this order.
 */
export class TableRows {
  readonly tree: RowTree
  readonly #hot: HotRows
  readonly #name: string
  #changed: Changed = new SortedRows()
  #writing: Changed | undefined
  #changedBytes = 0

  /** `name` tells the rows of this table and partition from others in the hot rows they share. */
  constructor(name: string, tree: RowTree, hot: HotRows) {
    this.tree = tree
    this.#hot = hot
    this.#name = name
  }

  /** What changed and waits to be written, bytes of memory. */
  get changedBytes(): number {
    return this.#changedBytes
  }

  get(key: string): Buffer | undefined {
    let row = this.#changed.get(key)
    if (row === undefined) row = this.#writing?.get(key)
    if (row === undefined) row = this.#hot.get(this.#name, key)
    if (row !== undefined) return row === null ? undefined : unpacked(row)
    const bytes = this.tree.get(key)
    if (bytes) this.#hot.set(this.#name, key, packed(bytes))
    return bytes
  }

  *range(range: KeyRange): Generator<readonly [string, Buffer]> {
    const layers: Iterable<LayerRow<PackedRow | Buffer>>[] = [
      this.#changed.range(range),
      this.#writing?.range(range) ?? [],
      this.tree.range(range),
    ]
    for (const [key, row] of mergedRows(layers, { reverse: range.reverse ?? false })) {
      yield [key, bytesOf(row)]
    }
  }

  apply(changes: Changes): void {
    for (const [key, bytes] of changes) {
      const before = this.#changed.get(key)
      const row = bytes && packed(bytes)
      if (before !== undefined) this.#changedBytes -= memoryOf(key, before)
      this.#changedBytes += memoryOf(key, row)
      this.#changed.set(key, row)
    }
  }

  /** What changed is being written, and still read from here until `written`. One at a time. */
  writing(): Changed {
    const rows = this.#changed
    this.#writing = rows
    this.#changed = new SortedRows()
    this.#changedBytes = 0
    return rows
  }

  /** What was being written is in the file; what is in use is kept at hand. */
  written({ isInUse }: { readonly isInUse: boolean }): void {
    const kept = isInUse ? this.#writing?.entries() : undefined
    for (const [key, row] of kept ?? []) {
      if (row === null) this.#hot.delete(this.#name, key)
      else this.#hot.set(this.#name, key, row)
    }
    this.#writing = undefined
  }
}
