import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { countedBy } from '#tests/engine/check-counts'
import { committed } from '#tests/engine/group-offsets'
import { event, newScene, numbered, produce, seen, stateOf, until } from '#tests/engine/scene'

const id = randomUUID()
const gzip = kafkajs.CompressionTypes.GZIP

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('records that cannot be handled', () => {
  it('go to the dead letters with their provenance, and the partition goes on', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { input } = scene.topics
    const good = (n: number) => numbered(scene, [id], 1, n)[0]!
    const poison = [
      Buffer.from([0xff, 0xd8, 0x01]),
      Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2]),
      Buffer.from([0, 0, 1]),
      good(0).value.subarray(0, 20),
    ].map((value) => ({ key: 'k', value, headers: { 'correlation-id': 'story-1' } }))
    const old = Buffer.from(JSON.stringify({ event_version: '9.0', anything: true }))
    const messages = [good(0), ...poison, { key: id, value: old }, good(1)]
    await produce(scene, input.name, messages)
    const running = await scene.run()
    try {
      const byKey = await countedBy(scene, 2)
      expect(byKey.get(id)?.map(([number]) => number)).toEqual(['0', '1'])
      const letters = await seen(scene, `${scene.counter.name}.dlq`, 4)
      expect(letters.map(({ bytes }) => bytes)).toEqual(poison.map(({ value }) => value))
      expect(letters.map(({ headers }) => headers['dlq.offset'])).toEqual(['1', '2', '3', '4'])
      expect(letters.map(({ headers }) => headers['dlq.error'])).toEqual([
        'UndecodableError',
        'UndecodableError',
        'UndecodableError',
        'InvalidValueError',
      ])
      for (const { headers, key } of letters) {
        expect(key).toBe('k')
        expect(headers).toMatchObject({
          'correlation-id': 'story-1',
          'dlq.unit': scene.counter.name,
          'dlq.topic': input.name,
          'dlq.partition': '0',
          'dlq.attempts': '0',
        })
      }
      // The discarded version has no dead letter, and its offset is committed.
      expect(await committed(scene, scene.counter.name, input.name)).toEqual([messages.length])
    } finally {
      await running.drain()
    }
  })

  it('are named where they are when no topic takes them back, and the partition goes on', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { input } = scene.topics
    // Compressed it passes the limits of the topic, which are those of a batch.
    const large = { key: id, value: Buffer.alloc(5_000_000, 'x') }
    await produce(scene, input.name, [large, ...numbered(scene, [id], 1)], gzip)
    const running = await scene.run()
    try {
      expect((await countedBy(scene, 1)).get(id)).toHaveLength(1)
      const [letter] = await seen(scene, `${scene.counter.name}.dlq`, 1)
      expect(letter).toMatchObject({
        bytes: null,
        headers: { 'dlq.topic': input.name, 'dlq.offset': '0', 'dlq.error': 'UndecodableError' },
      })
      expect(Number(letter?.headers['dlq.left-in-place'])).toBeGreaterThan(5_000_000)
    } finally {
      await running.drain()
    }
  })

  it('stop the unit uncommitted and red when twenty in a row show a bug', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { input } = scene.topics
    const bugs = Array.from({ length: 20 }, (_, n) => ({
      key: id,
      value: scene.bytesOf(input, event(id, String(n), 'bug')),
    }))
    await produce(scene, input.name, [...numbered(scene, [id], 3), ...bugs])
    const running = await scene.run()
    try {
      await until('it stops', () => stateOf(running).state === 'stopped')
      expect(stateOf(running).reason).toMatch(/failed on 20 records in a row and stopped/)
      const [offset] = await committed(scene, scene.counter.name, input.name)
      expect(offset).toBeLessThan(23)
    } finally {
      await running.drain()
    }
  })
})
