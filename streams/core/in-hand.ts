import type { TopicPartition } from '#core/records'

/** A rebalance as the client announced it; handled in the loop, never inside its callback. */
export interface Rebalance {
  readonly code: number
  readonly partitions: readonly TopicPartition[]
}

/** Work of a unit that goes on beside the reading: the calls of a task. */
export interface InHand {
  /** The partitions were given to this unit; their state is there. */
  begin(partitions: readonly number[]): Promise<void>
  has(partition: number): boolean
  /** Ends what can be ended before the partitions are given up, and commits it. */
  release(): Promise<void>
  /** Gives up what is in hand; nothing of it was committed. */
  abandon(): void
}
