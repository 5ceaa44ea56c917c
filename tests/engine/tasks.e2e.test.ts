import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { callerOf } from '#tests/engine/counter'
import { countedBy } from '#tests/engine/check-counts'
import {
  committed,
  event,
  handledOf,
  newScene,
  numbered,
  produce,
  seen,
  stateOf,
  until,
} from '#tests/engine/scene'

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('a task', () => {
  it('that is told to wait holds back its partition and no other', async () => {
    const scene = await newScene()
    let isAway = true
    const calls: string[] = []
    const caller = callerOf(scene.suffix, 3, async (message) => {
      calls.push(message)
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
    const running = await scene.run([caller])
    try {
      const { partition } = (await seen(scene, input.name, 60)).find(({ key }) => key === ids[0])!
      const inOthers = (await seen(scene, input.name, 60)).filter((r) => r.partition !== partition)
      const flowed = await seen(scene, output.name, inOthers.length)
      expect(flowed.some((record) => record.key === ids[0])).toBe(false)
      expect(stateOf(running)).toMatchObject({
        state: 'waiting',
        reason: expect.stringMatching(/the party is away/) as string,
      })
      isAway = false
      await until('all are handled', async () => (await handledOf(scene, caller.name)) === 60)
      await until('it is green', () => stateOf(running).state === 'running')
      const byKey = await countedBy(scene, 60)
      for (const [n, id] of ids.entries()) {
        expect(byKey.get(id)?.map(([kind]) => kind)).toEqual([`${n}/first`, `${n}/second`])
      }
    } finally {
      await running.drain()
    }
  })

  it('that is drained commits the call it waits for, and gives up one to be tried again', async () => {
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
    await produce(scene, input.name, [at(0, 'slow'), at(0, 'next'), at(1, 'away')])
    const first = await scene.run([caller])
    await until('both are out', () => calls.includes('slow') && calls.includes('away'))
    const start = performance.now()
    await first.drain()
    expect(performance.now() - start).toBeLessThan(6_000)
    expect(await committed(scene, caller.name, input.name)).toEqual([1, 0])
    expect(calls).not.toContain('next')
    isDrained = true
    const second = await scene.run([caller])
    await until('the rest is handled', async () => (await handledOf(scene, caller.name)) === 3)
    await second.drain()
    expect(calls.filter((message) => message === 'slow')).toHaveLength(1)
    const found = await countedBy(scene, 3)
    expect(
      [...found.values()]
        .flat()
        .map(([kind]) => kind)
        .sort(),
    ).toEqual(['away', 'next', 'slow'])
  })

  it('whose call outlasts the drain is abandoned uncommitted and called again', async () => {
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
    expect(await handledOf(scene, caller.name)).toBe(0)
    const second = await scene.run([caller])
    await until('it is called again', async () => (await handledOf(scene, caller.name)) === 1)
    await second.drain()
    expect(await seen(scene, output.name, 1)).toHaveLength(1)
    expect(calls).toBe(2)
  })
})
