import type { KeyRange } from '#core/key-range'
import { SortedRows } from '#core/sorted-rows'

/** Rows to make visible, by key; null removes. */
export type Changes = Iterable<readonly [key: string, bytes: Buffer | null]>

/** The committed rows of one unit and partition, as its changelogs hold them: bytes by table and key. */
export interface PartitionStore {
  get(table: string, key: string): Buffer | undefined
  /** In key order, lazily; the limit is for whoever reads. */
  range(table: string, range: KeyRange): Iterable<readonly [key: string, bytes: Buffer]>
  /** Makes committed rows visible. Never called before the commit. */
  apply(table: string, changes: Changes): void
}

/** Rows in memory: for tests and units without a home directory. */
export function memoryStore(): PartitionStore {
  const tables = new Map<string, SortedRows<Buffer>>()
  return {
    get: (table, key) => tables.get(table)?.get(key),
    range: (table, range) => tables.get(table)?.range(range) ?? [],
    apply(table, changes) {
      const rows = tables.get(table) ?? new SortedRows<Buffer>()
      tables.set(table, rows)
      for (const [key, bytes] of changes) {
        if (bytes === null) rows.delete(key)
        else rows.set(key, bytes)
      }
    },
  }
}
