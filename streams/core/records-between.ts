import { connect, type Consumer, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import type { InputRecord, Position, TopicPartition } from '#core/records'
import { take, takeBare } from '#core/take'

interface Between {
  /** Where each partition is read from. */
  readonly from: readonly Position[]
  /** Where it ends; partitions without an end are not read. */
  readonly ends: readonly Position[]
  /** At most so many of each partition. */
  readonly countMax?: number
  /** Without their headers, which cost more than the rest. */
  readonly areBare?: boolean
}

/** Longest that Kafka may hand over nothing before its end is reached, milliseconds. */
const silenceMsMax = 15_000

const nameOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`

/** A partition that is being read. */
interface Part {
  at: Position
  readonly end: number
  left: number
}

/** Reads through one client, one range behind the other: each client costs its threads and what those keep. */
export interface RecordSource {
  /**
   * The committed records between two places of each partition, batch by batch, once; in order within a partition. The
   * next batch is fetched when it is asked for. Throws where Kafka is silent for 15 s.
   */
  between(between: Between): AsyncGenerator<readonly InputRecord[], void>
  close(): Promise<void>
}

/** Opens a source of records, of one topic where that is named. */
export async function openRecordSource(
  kafka: KafkaSettings,
  topic?: string,
): Promise<RecordSource> {
  const consumer = newConsumer(kafka, { group: 'corrente.reader' })
  const atEnd: Position[] = []
  // A transaction's marker takes an offset and is never handed over: only this event tells of it.
  consumer.on('partition.eof', (at: Position) => atEnd.push(at))
  await connect(consumer, kafka, topic)
  return {
    between: (between) => read({ kafka, consumer, atEnd }, between),
    close: () => disconnect(consumer),
  }
}

/** The records of one range, through a client of its own; see RecordSource. */
export async function* recordsBetween(
  kafka: KafkaSettings,
  between: Between,
): AsyncGenerator<readonly InputRecord[], void> {
  if (partsOf(between).size === 0) return
  const source = await openRecordSource(kafka, between.from[0]?.topic)
  try {
    yield* source.between(between)
  } finally {
    await source.close()
  }
}

interface Reading {
  readonly kafka: KafkaSettings
  readonly consumer: Consumer
  /** Ends that the client met and nobody has counted. */
  readonly atEnd: Position[]
}

function partsOf({ from, ends, countMax = Infinity }: Between): Map<string, Part> {
  const endOf = new Map(ends.map((end) => [nameOf(end), end.offset]))
  return new Map(
    from
      .map((at): Part => ({ at, end: endOf.get(nameOf(at)) ?? 0, left: countMax }))
      .filter(({ at, end }) => at.offset < end)
      .map((part) => [nameOf(part.at), part]),
  )
}

async function* read(
  { kafka, consumer, atEnd }: Reading,
  between: Between,
): AsyncGenerator<readonly InputRecord[], void> {
  const parts = partsOf(between)
  if (parts.size === 0) return
  const takeNext = between.areBare ? takeBare : take
  atEnd.length = 0
  const assign = () => consumer.assign([...parts.values()].map(({ at }) => at))
  assign()
  try {
    let isDoubtful = false
    let heardAtMs = performance.now()
    while (parts.size > 0) {
      const taken = await takeNext(consumer, 1_000, 100, () => (isDoubtful = true))
      const records = taken.filter((record) => advance(parts, record))
      if (records.length > 0) yield records
      for (const at of atEnd.splice(0)) pass(parts, at)
      if (taken.length > 0) heardAtMs = performance.now()
      else if (performance.now() - heardAtMs > silenceMsMax) {
        throw new Error(
          `Kafka at ${kafka.brokers} hands over nothing for ${silenceMsMax / 1_000} s`,
        )
      }
      // The client drops the ends it met together with an error, and tells of each only once.
      if (isDoubtful && parts.size > 0) assign()
      isDoubtful = false
    }
  } finally {
    consumer.unassign()
  }
}

/** Whether the record is one of those asked for; its partition goes on behind it. */
function advance(parts: Map<string, Part>, record: InputRecord): boolean {
  const part = parts.get(nameOf(record))
  if (!part) return false
  const isWanted = record.offset >= part.at.offset && record.offset < part.end
  if (isWanted) part.left -= 1
  pass(parts, { ...record, offset: record.offset + 1 })
  return isWanted
}

function pass(parts: Map<string, Part>, { topic, partition, offset }: Position): void {
  const part = parts.get(nameOf({ topic, partition }))
  if (!part) return
  part.at = { topic, partition, offset: Math.max(offset, part.at.offset) }
  if (part.at.offset >= part.end || part.left <= 0) parts.delete(nameOf(part.at))
}
