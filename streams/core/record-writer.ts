import { setTimeout as sleep } from 'node:timers/promises'
import { enqueue, type KafkaError, type Producer } from '#core/kafka'
import type { NativeBatches } from '#core/native/load'
import { PackedRecords } from '#core/native/packed-records'
import type { OutputRecord } from '#core/records'

/** Puts the records of a transaction into the client's queue. Throws where the queue stays full. */
export interface RecordWriter {
  /** A promise only while the client's queue is full. */
  write(record: OutputRecord): Promise<void> | undefined
  /** Everything written so far is in the client's queue when it resolves. */
  handOver(): Promise<void> | undefined
  /** Told once all that is in the queue is acknowledged, or did not become so within that time. */
  flush(waitMs: number, done: (error: KafkaError) => void): void
}

const fullMsMax = 20_000

async function untilQueued(producer: Producer, isQueued: () => boolean): Promise<void> {
  const deadline = performance.now() + fullMsMax
  while (!isQueued()) {
    if (performance.now() > deadline) throw new Error('the producer queue stays full')
    producer.poll()
    await sleep(2)
  }
}

/** Record by record through node-rdkafka. */
export const plainWriter = (producer: Producer): RecordWriter => ({
  write: (record) =>
    enqueue(producer, record) ? undefined : untilQueued(producer, () => enqueue(producer, record)),
  handOver: () => undefined,
  flush: (waitMs, done) => producer.flush(waitMs, done),
})

/** What is packed before it is handed over, bytes: the client sends while more is packed. */
const packedBytes = 128 * 1_024

/** Many records in one call. */
export function batchedWriter(native: NativeBatches, producer: Producer): RecordWriter {
  const packed = new PackedRecords()
  const client = producer.getClient() as object
  let queued = 0
  const isQueued = () => {
    const { topics, names, bytes, length } = packed
    queued = native.write(client, topics, names, bytes, queued, length)
    if (queued < length) return false
    packed.clear()
    queued = 0
    return true
  }
  const handOver = () => (isQueued() ? undefined : untilQueued(producer, isQueued))
  return {
    write(record) {
      packed.add(record)
      return packed.length < packedBytes ? undefined : handOver()
    },
    handOver,
    flush: (waitMs, done) => native.flush(client, waitMs, done),
  }
}
