import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import { PartitionState } from '#core/state'
import { memoryStore } from '#core/state-store'
import { type OffsetSource, openTopicReader } from '#core/topic-reader'
import { unlessAborted } from '#core/unless-aborted'
import type { Wire } from '#core/wire'

interface Restoring {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  /** Names of the changelog topics: the unit's tables. */
  readonly changelogs: readonly string[]
  readonly partitions: readonly number[]
  readonly signal: AbortSignal
  readonly onWaiting: (reason: string | undefined) => void
}

/** Rebuilds the state of the partitions from the changelogs, up to the last record written to them. */
export async function restore(given: Restoring): Promise<Map<number, PartitionState>> {
  const { kafka, offsets, wire, changelogs, signal, onWaiting } = given
  const stores = new Map(given.partitions.map((partition) => [partition, memoryStore()]))
  const partitions = changelogs.flatMap((topic) =>
    given.partitions.map((partition) => ({ topic, partition })),
  )
  const reader = await openTopicReader(kafka, {
    beginnings: await offsets.beginnings(partitions),
    async onRecords(records) {
      await readable(wire, records, { signal, onWaiting })
      for (const { topic, key, value, partition } of records) {
        if (key !== null) stores.get(partition)?.apply(topic, [[key, value]])
      }
    },
  })
  try {
    // Up to the uncommitted end: a transaction whose marker is still being written is waited for.
    await unlessAborted(signal, reader.reached(await offsets.ends(partitions)))
  } finally {
    await reader.close()
  }
  return new Map([...stores].map(([p, store]) => [p, new PartitionState(store)]))
}
