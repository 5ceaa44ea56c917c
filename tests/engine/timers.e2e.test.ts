import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { committed, handledOf } from '#tests/engine/group-offsets'
import { event, newScene, produce, type Scene, seen, stateOf, until } from '#tests/engine/scene'
import { seenEvents } from '#tests/engine/seen-events'
import { spawnEngine } from '#tests/engine/spawn-engine'
import { wakerOf } from '#tests/engine/waker'

const dayMs = 86_400_000
const begin = Date.UTC(2026, 0, 15, 9)

/** An event that asks to be read again at the instant. */
const wake = ({ bytesOf, topics }: Scene, instantMs: number, message = 'x', id = randomUUID()) => {
  const value = { ...event(id, message, 'wake'), transaction_id: String(instantMs) }
  return { key: id, value: bytesOf(topics.input, value), headers: { 'correlation-id': message } }
}

/** The timers that are still set: rows of the changelog without a tombstone. */
const timersLeft = async (scene: Scene, unit: string, rows: number) => {
  const found = await seen(scene, `${unit}.timers`, rows)
  const last = new Map(found.map(({ key, bytes }) => [key, bytes]))
  return [...last.values()].filter((bytes) => bytes !== null).length
}

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('a timer', () => {
  it('set for the past comes at once, one for tomorrow when the clock says so and not before, over a restart', async () => {
    const scene = await newScene({ partitions: 1 })
    const read: string[] = []
    const waker = wakerOf(scene.suffix, 1, (kind, message) => {
      if (kind === 'woken') read.push(message)
    })
    await scene.apply([waker])
    let nowMs = begin
    const now = () => nowMs
    const { input } = scene.topics
    await produce(scene, input.name, [
      wake(scene, begin + dayMs + 1, 'tomorrow, later'),
      wake(scene, begin + dayMs, 'tomorrow'),
      wake(scene, begin - dayMs, 'yesterday'),
    ])
    const first = await scene.run([waker], { now })
    try {
      await until('what is past is read', () => read.length > 0)
      nowMs = begin + dayMs - 1
      await sleep(500)
      expect(read).toEqual(['yesterday'])
    } finally {
      await first.drain()
    }
    const second = await scene.run([waker], { now })
    try {
      await until('it runs', () => stateOf(second).state === 'running')
      await sleep(500)
      expect(read).toEqual(['yesterday'])
      nowMs = begin + dayMs
      await until('it is tomorrow', () => read.length > 1)
      await sleep(500)
      expect(read).toEqual(['yesterday', 'tomorrow'])
      nowMs += 1
      const told = (await seenEvents(scene, 'output', 3)).map(({ event }) => event.message)
      expect(told).toEqual(['yesterday', 'tomorrow', 'tomorrow, later'])
    } finally {
      await second.drain()
    }
    expect(await timersLeft(scene, waker.name, 6)).toBe(0)
  })

  it('comes as a record of the input: on its partition, under its key, of its story', async () => {
    const scene = await newScene()
    const waker = wakerOf(scene.suffix, 3)
    await scene.apply([waker])
    const { input } = scene.topics
    const ids = Array.from({ length: 12 }, () => randomUUID())
    await produce(
      scene,
      input.name,
      ids.map((id, n) => wake(scene, begin, `story ${n}`, id)),
    )
    const running = await scene.run([waker])
    const found = await seenEvents(scene, 'input', 24).finally(() => running.drain())
    for (const [n, id] of ids.entries()) {
      const [asked, woken, ...more] = found.filter(({ key }) => key === id)
      expect(more).toEqual([])
      expect([asked?.event.kind, woken?.event.kind]).toEqual(['wake', 'woken'])
      expect(woken?.partition).toBe(asked?.partition)
      expect(woken?.headers).toMatchObject({
        'correlation-id': `story ${n}`,
        'causation-id': asked?.event.event_id,
        'corrente-unit': waker.name,
        'corrente-origin': `${input.name}/${asked?.partition}/${asked?.offset}`,
      })
    }
  })

  it('comes once and not before its time, though its unit is killed in between', async () => {
    const scene = await newScene()
    const { name } = wakerOf(scene.suffix, 3)
    await scene.apply([wakerOf(scene.suffix, 3)])
    const { input } = scene.topics
    const startMs = Date.now()
    const dueMs = Array.from({ length: 300 }, (_, n) => startMs + 2_000 + n * 25)
    await produce(
      scene,
      input.name,
      dueMs.map((instantMs, n) => wake(scene, instantMs, String(n))),
    )
    let engine = spawnEngine(scene, '0', { unit: 'waker' })
    try {
      await until('it goes on', async () => (await handledOf(scene, name)) > dueMs.length)
      await sleep(Math.random() * 300)
      await engine.end('SIGKILL')
      engine = spawnEngine(scene, '0', { unit: 'waker' })
      const found = await seenEvents(scene, 'output', dueMs.length)
      const numbers = found.map(({ event }) => Number(event.message))
      expect(numbers.toSorted((one, other) => one - other)).toEqual([...dueMs.keys()])
      for (const { event } of found) {
        expect(Number(event.status)).toBeGreaterThanOrEqual(dueMs[Number(event.message)]!)
      }
    } finally {
      await engine.end('SIGTERM')
    }
    const ends = await committed(scene, name, input.name)
    expect(ends.every((offset) => offset > 0)).toBe(true)
    expect(await timersLeft(scene, name, 600)).toBe(0)
  })
})
