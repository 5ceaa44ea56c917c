import { connect, type Consumer, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import { take, takeBare, takeByteKeys } from '#core/take'
import { behind, type InputRecord, placeText, type Position, runsOf } from '#core/records'

const bulkRecordsMax = 4_000

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
  /** Told after each read how far it has come; a place behind a transaction's marker counts, too. */
  readonly onReached?: (positions: readonly Position[]) => void
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
  { onRecords, onReached, isBulk = false, hasByteKeys = false }: ReaderOptions,
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
      onReached?.([...reached.values()])
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
