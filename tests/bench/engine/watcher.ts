import { connect, disconnect, newConsumer } from '#core/kafka'
import { take } from '#core/take'
import { codecOf } from '#schemas/codec'
import type { PaymentAnomaly } from '#schemas/generated/types'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { partitions } from '#tests/bench/engine/bench-units'

/** Reads the events of a topic as they are committed. */
export interface Watcher {
  /** Ends it. Throws what broke it before. */
  close(): Promise<void>
}

const registryBytes = 5
const events = codecOf('corrente.payments.PaymentAnomaly').type

/** Begins at the beginning of the topic; `onEvent` also gets when the event came, `performance.now()`. */
export async function openWatcher(
  { kafka }: BenchStack,
  topic: string,
  onEvent: (event: PaymentAnomaly, atMs: number) => void,
): Promise<Watcher> {
  const consumer = newConsumer(kafka, { group: 'watcher' })
  await connect(consumer, kafka)
  consumer.assign(
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: 0 })),
  )
  let isEnding = false
  const read = async () => {
    while (!isEnding) {
      const records = await take(consumer, 1_000, 50)
      const atMs = performance.now()
      for (const { value } of records) {
        onEvent(events.fromBuffer(value!.subarray(registryBytes)) as PaymentAnomaly, atMs)
      }
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
