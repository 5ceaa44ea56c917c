import { Partitioners, type PartitionMetadata } from 'kafkajs'
import { doubleText } from '#apps/ksql-standin/sql/double-text'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

// Java's murmur2, as every producer of ours.
const partitioner = Partitioners.DefaultPartitioner()

/** The bytes of a record's key, from its text. */
export function keyBytes(text: string, { kind }: SqlType, format: string): Buffer {
  if (format === 'JSON') {
    if (kind === 'STRING') return Buffer.from(JSON.stringify(text))
    return Buffer.from(kind === 'DOUBLE' ? doubleText(Number(text)) : text)
  }
  if (kind === 'STRING') return Buffer.from(text)
  const bytes = Buffer.alloc(kind === 'INTEGER' ? 4 : 8)
  if (kind === 'INTEGER') bytes.writeInt32BE(Number(text))
  else if (kind === 'BIGINT') bytes.writeBigInt64BE(BigInt(text))
  else bytes.writeDoubleBE(Number(text))
  return bytes
}

/** Where a key's record lies, if its producer keeps to the rule: the only partition a look-up asks. */
export function partitionOf(key: Buffer, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
  })) as PartitionMetadata[]
  return partitioner({ topic: '', partitionMetadata, message: { key, value: null } })
}
