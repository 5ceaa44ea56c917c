import rdkafka, { type LibrdKafkaError, type Message, type MessageHeader } from 'node-rdkafka'
import { type OutputRecord, recordBytesMax, type TopicPartition } from '#core/records'

/** How to reach the brokers. `security` are librdkafka's own names (`security.protocol`, `sasl.*`, `ssl.*`). */
export interface KafkaSettings {
  readonly brokers: string
  readonly security?: Readonly<Record<string, string>>
}
export type { Message }

/** The client's own error; those of a transaction also carry isFatal, isRetriable and isTxnRequiresAbort. */
export type KafkaError = LibrdKafkaError
export const isKafkaError = (error: unknown): error is KafkaError =>
  error instanceof Error && 'errno' in error && 'origin' in error

/** Of an `event.error`: node-rdkafka hands it on without its code, as librdkafka's words for it. */
export const isFatalEvent = ({ message }: Pick<KafkaError, 'message'>): boolean =>
  message.toLowerCase().includes('fatal error')

/** Codes of librdkafka that the engine tells apart. */
export const kafkaCodes = {
  assignPartitions: -175,
  revokePartitions: -174,
  timedOut: -185,
  queueFull: -184,
  fatal: -150,
  fenced: -144,
  fencedInstance: 82,
  autoOffsetReset: -140,
} as const

const common = ({ brokers, security }: KafkaSettings) => ({
  'metadata.broker.list': brokers,
  'client.id': 'corrente',
  ...security,
  'socket.keepalive.enable': true,
  'reconnect.backoff.ms': 50,
  'reconnect.backoff.max.ms': 1_000,
  'topic.metadata.refresh.interval.ms': 60_000,
  log_level: 0,
})

// Callers come again: what waits for a broker must not grow for hours, nor wait long for who leads once it is back.
const queueMax = { 'queue.buffering.max.messages': 10_000, 'queue.buffering.max.kbytes': 65_536 }
const waiting = { ...queueMax, 'topic.metadata.refresh.interval.ms': 5_000 }

/** A producer for transactions, or for single acknowledged records that wait `lingerMs` for others. Not connected yet. */
export function newProducer(
  settings: KafkaSettings,
  transaction?: { readonly id: string; readonly timeoutMs: number },
  lingerMs = 0,
) {
  return new rdkafka.Producer(
    {
      ...common(settings),
      'enable.idempotence': true,
      // The flush before each commit ends the wait: it only keeps a batch that is being written from going out in crumbs.
      'linger.ms': transaction ? 20 : lingerMs,
      // Defaults cost 95 ms a transaction: AddOffsetsToTxn collides with the one before and waits this long.
      'retry.backoff.ms': 1,
      'retry.backoff.max.ms': 20,
      'message.max.bytes': 2 * recordBytesMax,
      ...(transaction
        ? {
            'transactional.id': transaction.id,
            'transaction.timeout.ms': transaction.timeoutMs,
            // A record that fails makes its transaction fail: nobody asks about each of thousands.
            'delivery.report.only.error': true,
          }
        : { ...waiting, dr_cb: true }),
    },
    {
      partitioner: 'murmur2_random',
      // Without a transaction none: an idempotent producer one of whose records timed out on its way (a broker
      // silent for so long) never writes again and says nothing. Whoever waits gives up by a clock of its own.
      'message.timeout.ms': transaction?.timeoutMs ?? 0,
    },
  )
}
export type Producer = ReturnType<typeof newProducer>

interface ConsumerOptions {
  readonly group: string
  /** Static member id: a restart takes its partitions back without a rebalance. */
  readonly instance?: string
  readonly isolation?: 'read_committed' | 'read_uncommitted'
  readonly onRebalance?: (code: number, partitions: readonly TopicPartition[]) => void
}

/** Longest silence of a member before the group gives its partitions away, milliseconds. */
export const sessionMs = 6_000
/** A fenced member learns of it within one of these, milliseconds. */
export const heartbeatMs = 1_500

/** A consumer of the classic protocol: no commits of its own, no guess where to start. */
export function newConsumer(settings: KafkaSettings, options: ConsumerOptions) {
  const { group, instance, isolation = 'read_committed', onRebalance } = options
  return new rdkafka.KafkaConsumer(
    {
      ...common(settings),
      'group.id': group,
      ...(instance === undefined ? {} : { 'group.instance.id': instance }),
      'partition.assignment.strategy': 'range',
      'session.timeout.ms': sessionMs,
      'heartbeat.interval.ms': heartbeatMs,
      'max.poll.interval.ms': 300_000,
      'enable.auto.commit': false,
      'enable.auto.offset.store': false,
      'enable.partition.eof': true,
      'isolation.level': isolation,
      'fetch.wait.max.ms': 100,
      'fetch.queue.backoff.ms': 20,
      'fetch.error.backoff.ms': 20,
      'queued.max.messages.kbytes': 16_384,
      ...(onRebalance
        ? {
            rebalance_cb: (error: LibrdKafkaError | undefined, partitions: TopicPartition[]) =>
              onRebalance(error?.code ?? 0, partitions),
          }
        : {}),
    },
    { 'auto.offset.reset': 'error' },
  )
}
export type Consumer = ReturnType<typeof newConsumer>

type Callback<T> = (error: LibrdKafkaError | null | undefined, value: T) => void

/** One call of the client as a promise. */
export const called = <T = void>(call: (done: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, value) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an Error, which its type does not say
      if (error) reject(error)
      else resolve(value)
    })
  })

/** Answers for partitions. The client puts an Error in the place of one it has no answer for: that is no offset. */
export function answers<T extends object>(found: readonly (T | Error)[]): T[] {
  const broken = found.find((answer) => answer instanceof Error)
  if (broken) throw new Error(`Kafka does not answer for a partition: ${broken.message}`)
  return found as T[]
}

let last: { readonly headers: OutputRecord['headers']; readonly list: MessageHeader[] } | undefined

// What comes of one record has the same headers, and is written one behind the other.
function headersOf({ headers }: OutputRecord): MessageHeader[] {
  if (last?.headers === headers) return last.list
  const list: MessageHeader[] = []
  for (const name in headers) list.push({ [name]: headers[name]! })
  last = { headers, list }
  return list
}

/** Puts a record into the producer's queue; false when the queue is full. */
export function enqueue(producer: Producer, record: OutputRecord, opaque?: unknown): boolean {
  try {
    const { topic, partition, value, key } = record
    producer.produce(topic, partition, value, key, null, opaque, headersOf(record))
    return true
  } catch (error) {
    if (isKafkaError(error) && error.code === kafkaCodes.queueFull) return false
    throw error
  }
}

/**
 * Connects within 10 s, or throws a sentence that names the brokers. With a topic that it works with, a client is told
 * of that one; without, of all of the cluster, and keeps them.
 */
export async function connect(
  client: Producer | Consumer,
  settings: KafkaSettings,
  topic?: string,
): Promise<void> {
  const asked = { timeout: 10_000, ...(topic === undefined ? {} : { topic, allTopics: false }) }
  try {
    await called<unknown>((done) => client.connect(asked, done))
  } catch (error) {
    client.disconnect(() => undefined)
    throw new Error(`no Kafka broker answers at ${settings.brokers}: ${(error as Error).message}`)
  }
}

/** Disconnects; bounded, because a consumer can hang when its broker is gone. */
export const disconnect = (client: Producer | Consumer, timeoutMs = 5_000): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    try {
      client.disconnect(done)
    } catch {
      done()
    }
  })
