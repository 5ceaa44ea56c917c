import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { StateRows } from '#core/processor'
import { type OffsetSource, openTopicReader } from '#core/topic-reader'
import { unlessAborted } from '#core/unless-aborted'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** The rows of one unit and partition as its changelog holds them: bytes by key. */
export interface StateStore {
  get(key: string): Buffer | undefined
  /** Makes committed rows visible; null removes. Never called before the commit. */
  apply(rows: ReadonlyMap<string, Buffer | null>): void
}

/** Rows in memory, rebuilt from the changelog at each assignment. */
export function memoryStore(): StateStore {
  const rows = new Map<string, Buffer>()
  return {
    get: (key) => rows.get(key),
    apply(changes) {
      for (const [key, value] of changes) {
        if (value === null) rows.delete(key)
        else rows.set(key, value)
      }
    },
  }
}

/** What a unit sees of its state: the store, and over it what its open transaction will commit. */
export class PartitionState implements StateRows<unknown> {
  readonly #store: StateStore
  readonly #decode: (key: string, bytes: Buffer) => unknown
  #overlay = new Map<string, Buffer | null>()

  constructor(store: StateStore, decode: (key: string, bytes: Buffer) => unknown) {
    this.#store = store
    this.#decode = decode
  }

  get(key: string): unknown {
    const changed = this.#overlay.get(key)
    const bytes = changed === undefined ? this.#store.get(key) : changed
    return bytes ? this.#decode(key, bytes) : undefined
  }

  put(key: string, bytes: Buffer | null): void {
    this.#overlay.set(key, bytes)
  }

  /** The transaction is committed: the overlay becomes the store's. */
  commit(): void {
    this.#store.apply(this.#overlay)
    this.#overlay = new Map()
  }
}

interface Restoring {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  readonly changelog: AnyTopic
  readonly partitions: readonly number[]
  readonly signal: AbortSignal
  readonly onWaiting: (reason: string | undefined) => void
}

/** Rebuilds the state of the partitions from the changelog, up to the last record written to it. */
export async function restore(given: Restoring): Promise<Map<number, PartitionState>> {
  const { kafka, offsets, wire, changelog, signal, onWaiting } = given
  const decode = (key: string, bytes: Buffer): unknown => {
    const decoded = wire.decode(changelog, bytes, key)
    return decoded.kind === 'value' ? decoded.value : undefined
  }
  const stores = new Map(given.partitions.map((partition) => [partition, memoryStore()]))
  const partitions = given.partitions.map((partition) => ({ topic: changelog.name, partition }))
  const reader = await openTopicReader(kafka, {
    beginnings: await offsets.beginnings(partitions),
    async onRecords(records) {
      await readable(wire, records, { signal, onWaiting })
      for (const { key, value, partition } of records) {
        if (key !== null) stores.get(partition)?.apply(new Map([[key, value]]))
      }
    },
  })
  try {
    // Up to the uncommitted end: a transaction whose marker is still being written is waited for.
    await unlessAborted(signal, reader.reached(await offsets.ends(partitions)))
  } finally {
    await reader.close()
  }
  return new Map([...stores].map(([p, store]) => [p, new PartitionState(store, decode)]))
}
