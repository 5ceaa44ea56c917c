import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Admin, type EachBatchPayload, type KafkaMessage } from 'kafkajs'
import { independentAvro } from '#tests/independent-avro'

/** Where a log is: a broker and its registry. */
export interface LogPlace {
  readonly brokers: string
  readonly registryUrl: string
}

/** A committed record as a stranger reads it. `value` is undefined where it is neither Avro nor JSON, or none. */
export interface SeenRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly key: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer | null
  readonly value: unknown
}

/** Reads topics from their beginning with a client and a decoder that are not the engine's. */
export interface LogWatch {
  /** Waits until `find` finds; an error naming what was awaited after `msMax` (20 s). */
  until<Found>(what: string, find: () => Found | undefined, msMax?: number): Promise<Found>
  /** Waits until everything written before this call was read, two minutes at most unless said otherwise. */
  caughtUp(msMax?: number): Promise<void>
  close(): Promise<void>
}

/** A client that is not the engine's. */
export const strangersKafka = ({ brokers }: Pick<LogPlace, 'brokers'>) =>
  new kafkajs.Kafka({
    clientId: 'checker',
    brokers: [brokers],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 2_000 },
  })

const pollMs = 20
const readMsMax = 120_000

/** `onRecord` gets each committed record once, in order within its partition. */
export async function openLogWatch(
  place: LogPlace,
  topics: readonly string[],
  onRecord: (record: SeenRecord) => void,
): Promise<LogWatch> {
  const kafka = strangersKafka(place)
  const admin = kafka.admin()
  const consumer = kafka.consumer({
    groupId: `checker-${randomUUID()}`,
    readUncommitted: false,
    maxWaitTimeInMs: 100,
  })
  const avro = independentAvro(place.registryUrl)
  const delivered = new Map<string, number>()
  const read = new Map<string, number>()
  let failure: unknown

  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
    read.set(placeOf(payload.topic, payload.partition), Number(payload.lastOffset) + 1),
  )
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) failure = payload.error
  })
  const eachBatch = async ({ batch: { topic, partition, messages } }: EachBatchPayload) => {
    const name = placeOf(topic, partition)
    for (const message of messages) {
      // A reader that starts anew begins at the beginning.
      if (Number(message.offset) <= (delivered.get(name) ?? -1)) continue
      const value = topic.endsWith('.dlq') ? undefined : await valueOf(message, avro.decode)
      delivered.set(name, Number(message.offset))
      onRecord(seen(topic, partition, message, value))
    }
  }
  await Promise.all([admin.connect(), consumer.connect()])
  await consumer.subscribe({ topics: [...topics], fromBeginning: true })
  await consumer.run({ autoCommit: false, eachBatch })

  const until = async <Found>(what: string, find: () => Found | undefined, msMax = 20_000) => {
    const deadline = performance.now() + msMax
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (failure) throw new Error('the checker cannot read on', { cause: failure })
      if (performance.now() > deadline) throw new Error(`not seen within ${msMax} ms: ${what}`)
      await sleep(pollMs)
    }
  }
  return {
    until,
    async caughtUp(msMax = readMsMax) {
      const ends = await endsOf(admin, topics)
      const isRead = () => [...ends].every(([name, end]) => (read.get(name) ?? 0) >= end)
      await until('the end of the log', () => isRead() || undefined, msMax)
    },
    close: async () => void (await Promise.all([consumer.disconnect(), admin.disconnect()])),
  }
}

const placeOf = (topic: string, partition: number) => `${topic}/${partition}`

async function endsOf(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const found = await Promise.all(
    topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).flatMap(({ partition, low, high }) =>
        low === high ? [] : [[placeOf(topic, partition), Number(high)] as const],
      ),
    ),
  )
  return new Map(found.flat())
}

async function valueOf(
  { value }: KafkaMessage,
  decode: (bytes: Buffer) => Promise<unknown>,
): Promise<unknown> {
  if (value === null) return undefined
  try {
    return value[0] === 0 ? await decode(value) : (JSON.parse(value.toString('utf8')) as unknown)
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value : [value]).join(',')

const seen = (
  topic: string,
  partition: number,
  { offset, timestamp, key, headers, value: bytes }: KafkaMessage,
  value: unknown,
): SeenRecord => ({
  topic,
  partition,
  offset: Number(offset),
  timestamp: Number(timestamp),
  key: key === null ? null : key.toString('utf8'),
  headers: Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, header]) => [name, textOf(header)]),
  ),
  bytes,
  value,
})

/** Whether a unit has committed past a record. */
export async function isHandled(
  admin: Admin,
  unit: string,
  { topic, partition, offset }: Pick<SeenRecord, 'topic' | 'partition' | 'offset'>,
): Promise<boolean> {
  const [found] = await admin.fetchOffsets({ groupId: unit, topics: [topic] })
  const committed = found?.partitions.find((one) => one.partition === partition)?.offset ?? '-1'
  return Number(committed) > offset
}
