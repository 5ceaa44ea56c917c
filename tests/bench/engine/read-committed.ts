import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KafkaMessage } from 'kafkajs'
import type { BenchStack } from '#tests/bench/engine/bench-stack'

interface Reading {
  /** Called with the committed records of a partition, in order. */
  readonly onRecords: (records: readonly KafkaMessage[]) => void
  /** How many there must be. */
  readonly count: number
}

const quietMs = 300
const idleMsMax = 20_000

/**
 * Reads a topic whole with a client that is not the engine's, committed records only, and a little longer for doubles.
 * Throws where there are fewer or more than there must be, or where `onRecords` does.
 */
export async function readCommitted(
  { client }: BenchStack,
  topic: string,
  { onRecords, count }: Reading,
): Promise<void> {
  const consumer = client.consumer({
    groupId: `checker-${randomUUID()}`,
    readUncommitted: false,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 4_194_304,
  })
  let found = 0
  let lastAtMs = performance.now()
  let failure: Error | undefined
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        found += batch.messages.length
        lastAtMs = performance.now()
        try {
          if (failure === undefined) onRecords(batch.messages)
        } catch (error) {
          // Thrown here the client would take it for a broken connection, and read the batch again.
          failure = error as Error
        }
      },
    })
    const quiet = () => performance.now() - lastAtMs
    while (failure === undefined && (found < count ? quiet() < idleMsMax : quiet() < quietMs)) {
      await sleep(20)
    }
  } finally {
    await consumer.disconnect()
  }
  if (failure !== undefined) throw failure
  if (found !== count) throw new Error(`${topic} has ${found} committed records, not ${count}`)
}
