import { randomBytes, randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { partitionOf } from '#core/partition-of'

/** What the independent client says, which is held against Java's own in the tests of the engine. */
const wanted = (key: string, partitions: number) =>
  kafkajs.Partitioners.DefaultPartitioner()({
    topic: 'any',
    message: { key: Buffer.from(key), value: null },
    partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 1,
      replicas: [1],
      isr: [1],
    })),
  })

describe('the partition of a key', () => {
  it('was always this', () => {
    expect(['p-0005', 'p-0001', 'p-0003'].map((key) => partitionOf(key, 3))).toEqual([0, 1, 2])
  })

  it('is the one that Java gives it', () => {
    const words = ['', 'a', 'ab', 'abc', 'abcd', 'città', 'perché è così', '支付', '🧾', 'ß']
    const ids = Array.from({ length: 100 }, () => randomUUID())
    const texts = Array.from({ length: 100 }, (_, n) => randomBytes(n).toString('base64url'))
    for (const key of [...words, ...ids, ...texts]) {
      for (const partitions of [1, 6, 7, 64]) {
        expect(partitionOf(key, partitions), key).toBe(wanted(key, partitions))
      }
    }
  })
})
