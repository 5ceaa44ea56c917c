import { partitionOf } from '#core/partition-of'

/**
 * Whether a payment is this process's: the partitions of the table are dealt to the replicas by number. The partition
 * follows from the id as the writer's client and ksqlDB reckon it, so that every way to the rows agrees.
 */
export function shareOf(given: {
  readonly partitions: number
  readonly replicas: number
  readonly slot: number
}): (id: string) => boolean {
  const { partitions, replicas, slot } = given
  if (replicas === 1) return () => true
  return (id) => partitionOf(id, partitions) % replicas === slot
}
