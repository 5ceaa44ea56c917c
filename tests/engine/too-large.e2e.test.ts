import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { courierOf } from '#tests/engine/courier'
import { handledOf } from '#tests/engine/group-offsets'
import { event, newScene, produce, stateOf, until } from '#tests/engine/scene'
import { seenEvents } from '#tests/engine/seen-events'

describe('a record too large to be parked', () => {
  it('holds its partition back and its unit red while its party is away, is not lost, and lets all go on', async () => {
    const scene = await newScene({ partitions: 1 })
    const { input } = scene.topics
    let isAway = true
    const calls: string[] = []
    const unit = courierOf(scene.suffix, 1, {
      async call(_, message) {
        calls.push(message.slice(0, 5))
        if (message.startsWith('large') && isAway) throw new TransientError('the party is away')
      },
    })
    await scene.apply([unit])
    // Compressed it passes the limits of the topic, which are those of a batch.
    const messages = ['large'.padEnd(2_500_000, '.'), 'one', 'two', 'three']
    const written = messages.map((message, n) => {
      const id = randomUUID()
      const value = { ...event(id, message), connector: n === 0 ? 'away' : 'there' }
      return { key: id, value: scene.bytesOf(input, value) }
    })
    await produce(scene, input.name, written, kafkajs.CompressionTypes.GZIP)
    const running = await scene.run([unit])
    try {
      await until('it says so', () => stateOf(running).reason?.includes('too large') ?? false)
      expect(stateOf(running).reason).toMatch(
        new RegExp(`^${input.name}/0/0 is too large to be parked and holds its partition back: `),
      )
      await until('it is tried on', () => running.circuits()[0]?.state === 'open')
      expect(await handledOf(scene, unit.name)).toBe(0)
      isAway = false
      const told = (await seenEvents(scene, 'output', 4)).map(({ event }) => event.message)
      expect(told.map((text) => text.slice(0, 5))).toEqual(['large', 'one', 'two', 'three'])
      // One session did it all: those behind were called once.
      expect(calls.filter((text) => text !== 'large').toSorted()).toEqual(['one', 'three', 'two'])
      expect(stateOf(running).state).toBe('running')
    } finally {
      await running.drain()
    }
  })
})
