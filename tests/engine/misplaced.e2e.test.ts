import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { partitionOf } from '#core/partition-of'
import { countedBy } from '#tests/engine/check-counts'
import { newScene, numbered, produce, seen } from '#tests/engine/scene'

describe('a unit that owns its keys', () => {
  it('sets aside what another partitioner, or another key, has put where its key does not belong', async () => {
    const scene = await newScene({ partitions: 3 })
    const unit = { ...scene.counter, ownsKeys: true } as const
    await scene.apply([unit])
    const id = randomUUID()
    const place = partitionOf(id, 3)
    const [good] = numbered(scene, [id], 1)
    const elsewhere = { ...good!, partition: (place + 1) % 3 }
    const renamed = { ...good!, key: randomUUID() }
    await produce(scene, scene.topics.input.name, [elsewhere, renamed, good!])
    const running = await scene.run([unit])
    try {
      expect((await countedBy(scene, 1)).get(id)).toHaveLength(1)
      const letters = await seen(scene, `${unit.name}.dlq`, 2)
      const told = letters.map(({ headers }) => [headers['dlq.error'], headers['dlq.message']])
      const where = `its key belongs into partition ${place}: whoever wrote it must use the partitioner`
      expect(told).toHaveLength(2)
      expect(told).toContainEqual(['misplaced', 'its key is not its payment_id'])
      expect(told).toContainEqual(['misplaced', `${where} murmur2_random`])
    } finally {
      await running.drain()
    }
  })
})
