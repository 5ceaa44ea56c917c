import { connect, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import type { InputRecord } from '#core/records'
import { take } from '#core/take'

/** Reads the records of a topic as they are committed. */
export interface Watcher {
  /** Ends it. Throws what broke it before. */
  close(): Promise<void>
}

interface Watched {
  readonly name: string
  readonly partitions: number
}

/** Begins at the beginning of the topic; `onRecord` also gets when the record came, `performance.now()`. */
export async function openWatcher(
  kafka: KafkaSettings,
  { name, partitions }: Watched,
  onRecord: (record: InputRecord, atMs: number) => void,
): Promise<Watcher> {
  const consumer = newConsumer(kafka, { group: 'watcher' })
  await connect(consumer, kafka)
  consumer.assign(
    Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition, offset: 0 })),
  )
  let isEnding = false
  const read = async () => {
    while (!isEnding) {
      const records = await take(consumer, 1_000, 50)
      const atMs = performance.now()
      for (const record of records) onRecord(record, atMs)
    }
  }
  const reading = read()
  reading.catch(() => undefined)
  return {
    async close() {
      isEnding = true
      try {
        await reading
      } finally {
        await disconnect(consumer)
      }
    },
  }
}
