import { randomBytes } from 'node:crypto'
import type { Admin } from 'kafkajs'
import { adminClient } from '#apps/platform/admin'
import { createTopics } from '#apps/platform/create-topics'
import type { KafkaSettings } from '#core/kafka'

/** A topic of one partition that is there for one examination. */
export interface ScratchTopic {
  readonly name: string
  /** Writes a record in a transaction that is then aborted. */
  writeAborted(key: string, value: string): Promise<void>
  /** Writes a record in a transaction that is committed. */
  write(key: string, value: string): Promise<void>
  remove(): Promise<void>
}

/** Makes a topic `corrente.doctor.<8 hex>`. Throws where it cannot be made. */
export async function openScratchTopic(kafka: KafkaSettings, admin: Admin): Promise<ScratchTopic> {
  const name = `corrente.doctor.${randomBytes(4).toString('hex')}`
  await createTopics(kafka, [{ topic: name, numPartitions: 1, replicationFactor: -1 }])
  const within = async (outcome: 'commit' | 'abort', key: string, value: string) => {
    // The engine's own writer never aborts what it could commit.
    const producer = adminClient(kafka).producer({
      transactionalId: name,
      idempotent: true,
      maxInFlightRequests: 1,
    })
    await producer.connect()
    try {
      const transaction = await producer.transaction()
      await transaction.send({ topic: name, messages: [{ key, value }] })
      await transaction[outcome]()
    } finally {
      await producer.disconnect()
    }
  }
  return {
    name,
    writeAborted: (key, value) => within('abort', key, value),
    write: (key, value) => within('commit', key, value),
    remove: () => admin.deleteTopics({ topics: [name] }),
  }
}
