import { hasOffset } from '#core/first-start'
import { answers, called, connect, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import type { Position, TopicPartition } from '#core/records'

/** Longest wait for a transaction that is being ended, milliseconds. */
const askMs = 30_000

/** Where a group goes on, whoever its members are. */
export interface GroupOffsets {
  /**
   * Those of the partitions that have one. What is in a transaction that has not ended is waited for: offsets that are
   * given are final, and so is all that was written with them.
   */
  of(partitions: readonly TopicPartition[]): Promise<readonly Position[]>
  close(): Promise<void>
}

/** Opens a client that asks for the offsets of a group and is no member of it. */
export async function openGroupOffsets(kafka: KafkaSettings, group: string): Promise<GroupOffsets> {
  const client = newConsumer(kafka, { group, isolation: 'read_committed' })
  await connect(client, kafka)
  return {
    async of(partitions) {
      const found = await called<Position[]>((done) => {
        client.committed([...partitions], askMs, done as never)
      })
      return answers(found).filter(hasOffset)
    },
    close: () => disconnect(client),
  }
}
