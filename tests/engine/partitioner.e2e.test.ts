import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { connect, disconnect, enqueue, newProducer } from '#core/kafka'
import { newScene, seen, until } from '#tests/engine/scene'

describe('the partition of a key', () => {
  it('is the one that Java gives it', async () => {
    const scene = await newScene({ partitions: 6 })
    await scene.apply()
    const { name } = scene.topics.output
    const words = ['a', 'città', 'perché è così', '支付', '🧾', 'ß', ' ', 'x'.repeat(300)]
    const keys = [...words, ...Array.from({ length: 400 }, () => randomUUID())]
    const producer = newProducer(scene.kafka)
    await connect(producer, scene.kafka)
    let written = 0
    producer.on('delivery-report', (error: unknown) => (written += error ? 0 : 1))
    producer.setPollInterval(5)
    for (const key of keys) {
      enqueue(producer, { topic: name, partition: null, key, value: Buffer.from('v'), headers: {} })
    }
    await until('all are written', () => written === keys.length)
    const found = await seen(scene, name, keys.length)
    await disconnect(producer)
    const partitionOf = kafkajs.Partitioners.DefaultPartitioner()
    const partitionMetadata = Array.from({ length: 6 }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 1,
      replicas: [1],
      isr: [1],
    }))
    for (const { key, partition } of found) {
      const message = { key: Buffer.from(key), value: null }
      expect(partition, key).toBe(partitionOf({ topic: name, partitionMetadata, message }))
    }
    expect(new Set(found.map(({ partition }) => partition)).size).toBe(6)
  })
})
