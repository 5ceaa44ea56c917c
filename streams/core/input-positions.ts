import type { InputRecord, Position } from '#core/records'

interface Reading {
  /** The input topic. */
  readonly topic: string
  /** Where each partition was last committed. */
  readonly committed: ReadonlyMap<number, number>
  /** Ends of partitions that were read whole. */
  readonly ends: readonly Position[]
  /** Whether records of the partition wait or are worked on. */
  readonly isInHand: (partition: number) => boolean
}

/**
 * Where a unit goes on in its input: behind the last of these records, or at the end of what it has read whole; with
 * `isWhole` in every partition, also where nothing is new.
 */
export function positionsBehind(
  records: readonly InputRecord[],
  { topic, committed, ends, isInHand }: Reading,
  isWhole: boolean,
): Position[] {
  const positions = new Map<number, Position>()
  for (const [partition, offset] of isWhole ? committed : []) {
    positions.set(partition, { topic, partition, offset })
  }
  for (const { partition, offset } of records) {
    positions.set(partition, { topic, partition, offset: offset + 1 })
  }
  for (const { partition, offset } of ends) {
    const behind = positions.get(partition)?.offset ?? committed.get(partition) ?? offset
    if (!isInHand(partition) && offset > behind) {
      positions.set(partition, { topic, partition, offset })
    }
  }
  return [...positions.values()]
}
