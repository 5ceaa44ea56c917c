import { connect, disconnect, newConsumer } from '#core/kafka'
import { take } from '#core/take'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { partitions } from '#tests/bench/engine/bench-units'

const idleMsMax = 1_000

/** Reads a topic whole and does nothing with it. Resolves with its records and how many came a second. */
export async function consumeBare(
  { kafka, signal }: BenchStack,
  topic: string,
): Promise<{ readonly records: number; readonly perSecond: number }> {
  const consumer = newConsumer(kafka, { group: 'bare-reader' })
  await connect(consumer, kafka)
  try {
    const beganAtMs = performance.now()
    consumer.assign(
      Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: 0 })),
    )
    let records = 0
    let lastAtMs = beganAtMs
    while (performance.now() - lastAtMs < idleMsMax) {
      signal.throwIfAborted()
      const { length } = await take(consumer, 1_000, 20)
      if (length > 0) lastAtMs = performance.now()
      records += length
    }
    return { records, perSecond: records / ((lastAtMs - beganAtMs) / 1_000) }
  } finally {
    await disconnect(consumer)
  }
}
