import { answers, called, connect, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import { placeText, type Position, type TopicPartition } from '#core/records'

const askMs = 5_000
const earliest = -2
const latest = -1

/** Answers where partitions begin and end, open transactions included. */
export interface OffsetSource {
  beginnings(partitions: readonly TopicPartition[]): Promise<Position[]>
  /** The offset after the last record written, committed or not: nothing before it can be missed. */
  ends(partitions: readonly TopicPartition[]): Promise<Position[]>
  /** Each partition's first offset at or after the instant; its end where there is none. */
  since(partitions: readonly TopicPartition[], timestampMs: number): Promise<Position[]>
  /** The partition numbers of a topic; undefined where it does not exist. */
  partitionsOf(topic: string): Promise<readonly number[] | undefined>
  /** Resolves once a broker has answered this question; throws where none does in time. */
  reachable(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a client that only asks for offsets: one request a broker, however many partitions. Of one that reads committed,
 * an end is where the first transaction begins that is still open: all before it are whole.
 */
export async function openOffsetSource(
  settings: KafkaSettings,
  isolation: 'read_committed' | 'read_uncommitted' = 'read_uncommitted',
): Promise<OffsetSource> {
  const client = newConsumer(settings, { group: 'corrente.offsets', isolation })
  await connect(client, settings)
  const ask = async (partitions: readonly TopicPartition[], timestamp: number) => {
    if (partitions.length === 0) return []
    const question = partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      offset: timestamp,
    }))
    const found = await called<Position[]>((done) => {
      client.offsetsForTimes(question, askMs, done as never)
    })
    const positions = answers(found)
    // Only a question for an instant may find nothing: an end below zero would be reached by anybody.
    const unknown = timestamp < 0 && positions.find(({ offset }) => !(offset >= 0))
    if (unknown) throw new Error(`Kafka does not say where ${placeText(unknown)} begins or ends`)
    return positions
  }
  return {
    beginnings: (partitions) => ask(partitions, earliest),
    ends: (partitions) => ask(partitions, latest),
    async since(partitions, timestampMs) {
      const found = await ask(partitions, timestampMs)
      const ends = await ask(partitions, latest)
      return found.map((position, index) =>
        position.offset >= 0 ? position : (ends[index] as Position),
      )
    },
    async partitionsOf(topic) {
      const metadata = await called<{ topics: { name: string; partitions: { id: number }[] }[] }>(
        (done) => {
          client.getMetadata({ topic, allTopics: false, timeout: askMs }, done as never)
        },
      )
      const partitions = metadata.topics.find(({ name }) => name === topic)?.partitions ?? []
      return partitions.length === 0
        ? undefined
        : partitions.map(({ id }) => id).sort((a, b) => a - b)
    },
    reachable: () =>
      called((done) => {
        client.getMetadata({ allTopics: false, timeout: askMs }, done as never)
      }),
    close: () => disconnect(client),
  }
}
