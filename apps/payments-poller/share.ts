import { Partitioners } from 'kafkajs'

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
  const partitionOf = Partitioners.DefaultPartitioner()
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }))
  return (id) => {
    const message = { key: Buffer.from(id), value: null }
    return partitionOf({ topic: '', partitionMetadata, message }) % replicas === slot
  }
}
