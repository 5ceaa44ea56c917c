import type { KeyRange } from '#core/key-range'
import type { Position, TopicPartition } from '#core/records'
import { SchemaHeaders } from '#core/schema-headers'
import { SortedRows } from '#core/sorted-rows'
import type { Copy } from '#core/verdict'

/** Rows to make visible, by key; null removes. */
export type Changes = readonly (readonly [key: string, bytes: Buffer | null])[]

/** The committed rows of one unit and partition, as its changelogs hold them: bytes by table and key. */
export interface PartitionStore {
  get(table: string, key: string): Buffer | undefined
  /** In key order, lazily; the limit is for whoever reads. */
  range(table: string, range: KeyRange): Iterable<readonly [key: string, bytes: Buffer]>
  /** Makes committed rows visible. Never called before the commit. */
  apply(table: string, changes: Changes): void
}

/** A copy and the partition of the changelog it is a copy of. */
export interface PlacedCopy extends TopicPartition, Copy {}

/** Copies that go up to these positions. */
export const copiesUpTo = (
  positions: readonly Position[],
  { at, partitions }: Pick<Copy, 'at' | 'partitions'>,
): PlacedCopy[] =>
  positions.map(({ topic, partition, offset }) => ({
    topic,
    partition,
    position: offset,
    at,
    partitions,
  }))

/**
 * The rows of one unit. The changelog is the truth: a store may lag behind it, and says by its copies how far. Rows
 * of partitions that another process works on now stay as they were left.
 */
export interface UnitStore {
  /** The writers' schemas of its rows. */
  readonly schemas: SchemaHeaders
  partition(partition: number): PartitionStore
  /** How far the rows of this partition of a changelog go; undefined where they are to be built anew. */
  copyOf(place: TopicPartition): Copy | undefined
  /** Removes these rows and what was noted of them. */
  forget(places: readonly TopicPartition[]): Promise<void>
  /** What went wrong with it: whoever has seen this commits nothing any more. */
  readonly failure: Error | undefined
  /** What changed and is only in memory, bytes. */
  readonly changedBytes: number
  /** Frees memory: what changed most goes to the file, without a word about how far it goes. */
  spill(): Promise<void>
  /**
   * Writes what changed, then how far it goes. Every committed row before a copy's position must have been applied.
   * Throws UnitStoppedError where the disk is full or the rows are too many.
   */
  checkpoint(copies: readonly PlacedCopy[]): Promise<void>
  /** What it takes on the disk, bytes, and how many rows were written there. */
  size(): { readonly bytes: number; readonly rows: number }
  /** `isFinal`: what was written is to outlive a restart of the machine. */
  close(isFinal: boolean): Promise<void>
}

/** Rows in memory alone: for tests. */
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

/** A unit's rows in memory alone, lost with it: for tests, never in the place of a disk that cannot be used. */
export function memoryUnitStore(): UnitStore {
  const schemas = new SchemaHeaders()
  const partitions = new Map<number, PartitionStore>()
  const partition = (number: number) => {
    const rows = partitions.get(number) ?? noting(memoryStore(), schemas)
    partitions.set(number, rows)
    return rows
  }
  return {
    schemas,
    partition,
    copyOf: () => undefined,
    async forget(places) {
      for (const place of places) {
        const rows = partition(place.partition)
        const removed = [...rows.range(place.topic, {})].map(([key]) => [key, null] as const)
        rows.apply(place.topic, removed)
      }
    },
    failure: undefined,
    changedBytes: 0,
    spill: async () => undefined,
    checkpoint: async () => undefined,
    size: () => ({ bytes: 0, rows: 0 }),
    close: async () => undefined,
  }
}

const noting = (store: PartitionStore, schemas: SchemaHeaders): PartitionStore => ({
  ...store,
  apply(table, changes) {
    for (const [, bytes] of changes) schemas.note(bytes)
    store.apply(table, changes)
  },
})
