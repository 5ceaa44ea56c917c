import {
  answers,
  called,
  connect,
  type Consumer,
  disconnect,
  type KafkaSettings,
  newConsumer,
} from '#core/kafka'
import { take, takeBare, takeByteKeys } from '#core/take'
import {
  behind,
  type InputRecord,
  placeText,
  type Position,
  runsOf,
  type TopicPartition,
} from '#core/records'

const askMs = 5_000
const bulkRecordsMax = 4_000
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

/** Opens a client that only asks for offsets: one request a broker, however many partitions. */
export async function openOffsetSource(settings: KafkaSettings): Promise<OffsetSource> {
  const client = newConsumer(settings, {
    group: 'corrente.offsets',
    isolation: 'read_uncommitted',
  })
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

/** Reads whole partitions from their beginning, committed records only, and knows how far it has come. */
export interface TopicReader {
  /** Resolves once everything before the given ends was handed over. Throws when reading broke. */
  reached(ends: readonly Position[]): Promise<void>
  close(): Promise<void>
}

interface ReaderOptions {
  /** Where each partition begins; the partitions read are these. */
  readonly beginnings: readonly Position[]
  /** Large batches of records without their headers. */
  readonly isBulk?: boolean
  /** Bulk, and keys that may be no text: each a character a byte (latin1). */
  readonly hasByteKeys?: boolean
  /** Called with each batch, in order; a rejection stops the reader. */
  readonly onRecords: (records: readonly InputRecord[]) => Promise<void>
}

interface Waiter {
  readonly ends: readonly Position[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Opens a reader on the partitions, each from its beginning. */
export async function openTopicReader(
  settings: KafkaSettings,
  options: ReaderOptions,
): Promise<TopicReader> {
  const consumer = newConsumer(settings, { group: 'corrente.reader' })
  await connect(consumer, settings, options.beginnings[0]?.topic)
  const reached = new Map(options.beginnings.map((at) => [placeText(at), at]))
  const atEnd: Position[] = []
  // A transaction's marker takes an offset and is never handed over: only this event tells of it.
  consumer.on('partition.eof', (at: Position) => atEnd.push(at))
  try {
    consumer.assign([...options.beginnings])
  } catch (error) {
    await disconnect(consumer)
    throw error
  }
  return startReading(consumer, { reached, atEnd }, options)
}

interface Progress {
  readonly reached: Map<string, Position>
  /** Ends the client met and the reader has not yet counted. */
  readonly atEnd: Position[]
}

function startReading(
  consumer: Consumer,
  { reached, atEnd }: Progress,
  { onRecords, isBulk = false, hasByteKeys = false }: ReaderOptions,
): TopicReader {
  const takeNext = hasByteKeys ? takeByteKeys : isBulk ? takeBare : take
  const countMax = isBulk || hasByteKeys ? bulkRecordsMax : 1_000
  const waiters = new Set<Waiter>()
  let isClosing = false
  let broken: { readonly error: unknown } | undefined

  const isReached = (ends: readonly Position[]) =>
    ends.every((end) => (reached.get(placeText(end))?.offset ?? -1) >= end.offset)
  const settle = () => {
    for (const waiter of waiters) {
      if (broken) waiter.reject(broken.error)
      else if (isReached(waiter.ends)) waiter.resolve()
      else continue
      waiters.delete(waiter)
    }
  }
  const count = ({ topic, partition, offset }: Position) =>
    reached.set(placeText({ topic, partition }), { topic, partition, offset })
  let isDoubtful = false
  const onPassing = () => {
    isDoubtful = true
  }
  const read = async () => {
    while (!isClosing) {
      const records = await takeNext(consumer, countMax, 100, onPassing)
      if (records.length > 0) await onRecords(records)
      for (const run of runsOf(records)) count(behind(run))
      // Counted only now: an end met while the records before it were still being handed over is not reached.
      atEnd.splice(0).forEach(count)
      // The client drops the ends it met together with an error, and tells of each only once.
      if (isDoubtful) consumer.assign([...reached.values()])
      isDoubtful = false
      settle()
    }
  }
  const reading = read().catch((error: unknown) => {
    broken = { error }
    settle()
  })
  return {
    reached: (ends) =>
      new Promise((resolve, reject) => {
        waiters.add({ ends, resolve, reject })
        settle()
      }),
    async close() {
      isClosing = true
      await reading
      broken ??= { error: new Error('the reader was closed') }
      settle()
      await disconnect(consumer)
    },
  }
}
