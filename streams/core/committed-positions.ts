import { hasOffset, UnitStoppedError } from '#core/first-start'
import { answers, called, type Consumer } from '#core/kafka'
import type { Position, TopicPartition } from '#core/records'
import type { OffsetSource } from '#core/offset-source'

const askMs = 10_000

/**
 * Where a unit goes on in the partitions it was given. Throws UnitStoppedError where the place is lost or
 * lies outside the log: what was deleted unread or cut off is a matter for an operator.
 */
export async function committedPositions(
  unit: string,
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  offsets: OffsetSource,
): Promise<Position[]> {
  if (partitions.length === 0) return []
  const positions = answers(
    await called<Position[]>((done) => {
      consumer.committed([...partitions], askMs, done as never)
    }),
  )
  const lost = positions.find((position) => !hasOffset(position))
  if (lost) {
    throw new UnitStoppedError(
      `${unit} has no committed offset for ${lost.topic}/${lost.partition}: its offsets are lost`,
    )
  }
  const [beginnings, ends] = [await offsets.beginnings(positions), await offsets.ends(positions)]
  positions.forEach(({ topic, partition, offset }, index) => {
    const first = beginnings[index]?.offset ?? offset
    const end = ends[index]?.offset ?? offset
    if (offset >= first && offset <= end) return
    throw new UnitStoppedError(
      `${unit} is at offset ${offset} of ${topic}/${partition}, and the log goes from ${first} to ${end}: ` +
        `records were deleted unread or the topic was made anew; set the offsets by kafka-consumer-groups`,
    )
  })
  return positions
}
