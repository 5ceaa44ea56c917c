import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { callerOf } from '#tests/engine/counter'
import { countedBy } from '#tests/engine/check-counts'
import { committed, handledOf } from '#tests/engine/group-offsets'
import { event, newScene, numbered, produce, seen, stateOf, until } from '#tests/engine/scene'

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('a task', () => {
  it('that is told to wait parks the record: others pass, later ones of its payment queue behind it', async () => {
    const scene = await newScene()
    let isAway = true
    const caller = callerOf(scene.suffix, 3, async (message) => {
      if (message === '0/first' && isAway) throw new TransientError('the party is away')
    })
    await scene.apply([caller])
    const ids = Array.from({ length: 30 }, () => randomUUID())
    const { input, output } = scene.topics
    const all = ids.flatMap((id, n) =>
      ['first', 'second'].map((which) => {
        return { key: id, value: scene.bytesOf(input, event(id, `${n}/${which}`)) }
      }),
    )
    await produce(scene, input.name, all)
    const first = await scene.run([caller])
    try {
      const flowed = await seen(scene, output.name, 58)
      expect(flowed.some((record) => record.key === ids[0])).toBe(false)
      await until('all are behind it', async () => (await handledOf(scene, caller.name)) === 60)
      expect(stateOf(first).state).toBe('running')
    } finally {
      await first.drain()
    }
    // What is parked survives the process that parked it.
    const second = await scene.run([caller])
    try {
      isAway = false
      const byKey = await countedBy(scene, 60)
      for (const [n, id] of ids.entries()) {
        expect(byKey.get(id)?.map(([kind]) => kind)).toEqual([`${n}/first`, `${n}/second`])
      }
    } finally {
      await second.drain()
    }
  })

  it('that is drained commits the call it waits for, and parks one to be tried again', async () => {
    const scene = await newScene({ partitions: 2 })
    const calls: string[] = []
    let isDrained = false
    const caller = callerOf(scene.suffix, 2, async (message) => {
      calls.push(message)
      if (message === 'slow') await sleep(1_500)
      if (message === 'away' && !isDrained) throw new TransientError('the party is away')
    })
    await scene.apply([caller])
    const { input } = scene.topics
    const at = (partition: number, message: string) => ({
      key: randomUUID(),
      partition,
      value: scene.bytesOf(input, event(randomUUID(), message)),
    })
    await produce(scene, input.name, [at(0, 'slow'), at(1, 'away')])
    const first = await scene.run([caller])
    await until('both are out', () => calls.includes('slow') && calls.includes('away'))
    const start = performance.now()
    await first.drain()
    expect(performance.now() - start).toBeLessThan(6_000)
    expect(await committed(scene, caller.name, input.name)).toEqual([1, 1])
    isDrained = true
    const second = await scene.run([caller])
    const found = await countedBy(scene, 2)
    await second.drain()
    expect(calls.filter((message) => message === 'slow')).toHaveLength(1)
    expect(
      [...found.values()]
        .flat()
        .map(([kind]) => kind)
        .sort(),
    ).toEqual(['away', 'slow'])
  })

  it('whose call outlasts the drain is parked and called again', async () => {
    const scene = await newScene({ partitions: 1 })
    let calls = 0
    const endless = async () => {
      calls += 1
      if (calls === 1) await sleep(60_000, undefined, { ref: false })
    }
    const caller = callerOf(scene.suffix, 1, endless, 60_000)
    await scene.apply([caller])
    const { input, output } = scene.topics
    await produce(scene, input.name, numbered(scene, [randomUUID()], 1))
    const first = await scene.run([caller])
    await until('it is out', () => calls === 1)
    const start = performance.now()
    await first.drain()
    expect(performance.now() - start).toBeGreaterThan(9_500)
    expect(performance.now() - start).toBeLessThan(16_000)
    expect(await handledOf(scene, caller.name)).toBe(1)
    const second = await scene.run([caller])
    expect(await seen(scene, output.name, 1)).toHaveLength(1)
    await second.drain()
    expect(calls).toBe(2)
  })
})
