import { setTimeout as sleep } from 'node:timers/promises'
import {
  called,
  connect,
  enqueue,
  kafkaCodes,
  type KafkaError,
  type Message,
  newConsumer,
  newProducer,
} from '#core/kafka'
import type { OutputRecord, TopicPartition } from '#core/records'
import { transactionMs } from '#core/transactions'
import { batchRecordsMax, endWithParent, loopSpec } from '#tests/bench/engine/loop-spec'

/** The least that copies a topic exactly once with the engine's client and its settings: no Avro, no state, no headers. */
const { unit, brokers } = loopSpec()
const kafka = { brokers }
const askMs = 10_000
endWithParent()

const producer = newProducer(kafka, { id: `${unit.name}-0`, timeoutMs: transactionMs })
await connect(producer, kafka)
producer.setPollInterval(100)
const done = (call: (done: (error: KafkaError) => void) => void) =>
  called((settle) => call((error) => settle(error, undefined)))
await done((settle) => producer.initTransactions(askMs, settle))

let assigned: readonly TopicPartition[] | undefined
const consumer = newConsumer(kafka, {
  group: unit.name,
  instance: `${unit.name}-0`,
  onRebalance(code, partitions) {
    if (code === kafkaCodes.assignPartitions) assigned = partitions
  },
})
await connect(consumer, kafka)
consumer.subscribe([unit.input])

const consume = (count: number, waitMs: number): Promise<Message[]> => {
  consumer.setDefaultConsumeTimeout(waitMs)
  return called((settle) =>
    consumer.consume(count, settle as (error: KafkaError, messages: Message[]) => void),
  )
}

async function write(record: OutputRecord): Promise<void> {
  while (!enqueue(producer, record)) {
    producer.poll()
    await sleep(1)
  }
}

async function copy(batch: readonly Message[]): Promise<void> {
  await done((settle) => producer.beginTransaction(settle))
  const positions = new Map<number, { topic: string; partition: number; offset: number }>()
  for (const { topic, partition, offset, key, value } of batch) {
    positions.set(partition, { topic, partition, offset: offset + 1 })
    const record = { topic: unit.output, partition: null, key: String(key), value, headers: {} }
    await write(record)
  }
  await done((settle) => producer.flush(askMs, settle))
  await done((settle) =>
    producer.sendOffsetsToTransaction([...positions.values()], consumer, askMs, settle),
  )
  await done((settle) => producer.commitTransaction(askMs, settle))
}

let prefetched: Promise<Message[]> | undefined
for (;;) {
  const batch = (await prefetched) ?? []
  prefetched = undefined
  if (batch.length === 0) {
    batch.push(...(await consume(1, 100)))
    if (batch.length > 0) batch.push(...(await consume(batchRecordsMax - 1, 0)))
  }
  if (assigned) {
    // A new group on a topic from which nothing was deleted.
    consumer.assign(assigned.map((partition) => ({ ...partition, offset: 0 })))
    assigned = undefined
  }
  if (batch.length === 0) continue
  // The next batch is read while this one is written.
  prefetched = consume(batchRecordsMax, 0)
  await copy(batch)
}
