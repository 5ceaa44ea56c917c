import type { PlatformSettings } from '#apps/platform/settings'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, TopicPartition } from '#core/records'
import { recordsBetween } from '#core/records-between'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { newWire, type Wire } from '#core/wire'

/** What an inspection reads the log with. */
export interface LogAccess {
  readonly kafka: KafkaSettings
  readonly wire: Wire
  readonly offsets: OffsetSource
}

/** Runs a piece of work with access to the log. Throws a sentence naming the brokers where none answers. */
export async function withLog<T>(
  { kafka, wire }: PlatformSettings,
  work: (log: LogAccess) => Promise<T>,
): Promise<T> {
  const offsets = await openOffsetSource(kafka)
  try {
    return await work({ kafka, wire: newWire(wire), offsets })
  } finally {
    await offsets.close()
  }
}

/** The partitions of a topic; none where it does not exist. */
export const partitionsIn = async (
  { offsets }: Pick<LogAccess, 'offsets'>,
  topic: string,
): Promise<readonly TopicPartition[]> =>
  ((await offsets.partitionsOf(topic)) ?? []).map((partition) => ({ topic, partition }))

/** The partitions of a topic. Throws a sentence where it does not exist. */
export async function existingPartitionsIn(
  log: LogAccess,
  topic: string,
): Promise<readonly TopicPartition[]> {
  const partitions = await partitionsIn(log, topic)
  if (partitions.length > 0) return partitions
  throw new Error(`topic ${topic} is missing on ${log.kafka.brokers}: run corrente topics apply`)
}

/** All committed records of the partitions as they stand now, batch by batch, in order within a partition. */
export async function* wholeOf(
  { kafka, offsets }: Pick<LogAccess, 'kafka' | 'offsets'>,
  partitions: readonly TopicPartition[],
): AsyncGenerator<readonly InputRecord[]> {
  const from = await offsets.beginnings(partitions)
  const ends = await offsets.ends(partitions)
  yield* recordsBetween(kafka, { from, ends })
}
