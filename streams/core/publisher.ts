import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { stamped } from '#core/envelope'
import {
  connect,
  disconnect,
  enqueue,
  isKafkaError,
  isFatalEvent,
  type KafkaError,
  type KafkaSettings,
  newProducer,
} from '#core/kafka'
import type { Position } from '#core/records'
import { withSendSpan } from '#core/send-span'
import { TransientError } from '#core/errors'
import type { Wire } from '#core/wire'
import type { AnyTopic, Topic, Unstamped } from '#schemas/topic'

/** Writes single records from outside the units: an HTTP edge, a seed, a command. */
export interface Publisher {
  /**
   * Stamps the envelope, writes, and resolves with the record's place once all in-sync replicas have it.
   * TransientError: the broker did not acknowledge in time; the record may still have been written.
   */
  publish<Value>(
    topic: Topic<string, Value>,
    value: NoInfer<Unstamped<Value>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Position>
  /** As publish, for a value that carries its own envelope: an event of somebody else, passed on. */
  pass(
    topic: AnyTopic,
    value: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Position>
  close(): Promise<void>
}

/** Longest wait for an acknowledgement, milliseconds. */
const acknowledgedMsMax = 10_000

interface Report {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly opaque?: { readonly settle: (error: unknown, position?: Position) => void }
}

/** What the client cannot mend ends the process: the next one writes again. */
const endProcess = (error: Error): void => {
  throw error
}

interface PublisherOptions {
  /** Told of what the client cannot mend: it writes nothing any more. Ends the process where absent. */
  readonly onBroken?: (error: Error) => void
  /** How long a record may wait for others to go with it, milliseconds; none does where absent. */
  readonly lingerMs?: number
}

/** Opens an idempotent producer. `app` is `<application>:<version>`. */
export async function openPublisher(
  kafka: KafkaSettings,
  wire: Wire,
  app: string,
  { onBroken = endProcess, lingerMs = 0 }: PublisherOptions = {},
): Promise<Publisher> {
  const producer = newProducer(kafka, undefined, lingerMs)
  await connect(producer, kafka)
  producer.setPollInterval(5)
  producer.on('delivery-report', (error: unknown, report: Report) =>
    report.opaque?.settle(error, report),
  )
  producer.on('event.error', (error: KafkaError) => {
    if (!isFatalEvent(error)) return
    onBroken(new Error(`Kafka's client cannot write any more: ${error.message}`))
  })

  const write = async (
    topic: AnyTopic,
    value: object,
    headers: Readonly<Record<string, string>>,
  ): Promise<Position> => {
    const bytes = wire.encode(topic, value)
    const key = topic.key(value)
    const record = { topic: topic.name, partition: null, key, value: bytes, headers }
    let settle: (error: unknown, position?: Position) => void = () => undefined
    const acknowledged = new Promise<Position>((resolve, reject) => {
      settle = (error, position) => {
        if (position && !error) {
          const { topic: name, partition, offset } = position
          return resolve({ topic: name, partition, offset })
        }
        const reason = isKafkaError(error) ? error.message : String(error)
        reject(new TransientError(`Kafka did not acknowledge the record: ${reason}`))
      }
    })
    const late = setTimeout(
      () => settle(new Error(`no answer within ${acknowledgedMsMax} ms`)),
      acknowledgedMsMax,
    )
    try {
      const deadline = performance.now() + acknowledgedMsMax
      while (!enqueue(producer, record, { settle }) && performance.now() < deadline) await sleep(5)
      return await acknowledged
    } finally {
      clearTimeout(late)
    }
  }

  const traced: typeof write = (topic, value, headers) =>
    withSendSpan(topic.name, headers, (sent) => write(topic, value, sent))

  return {
    publish: (topic, value, headers = {}) => {
      const stamp = { eventId: randomUUID(), createdAt: new Date(), appId: app }
      const correlated = { 'correlation-id': stamp.eventId, ...headers }
      return traced(topic, stamped(topic, value, stamp) as object, correlated)
    },
    pass: (topic, value, headers = {}) => traced(topic, value, headers),
    close: () => disconnect(producer),
  }
}
