import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, type Scene, until } from '#tests/engine/scene'
import { spawnEngine } from '#tests/engine/spawn-engine'

const ids = Array.from({ length: 30 }, () => randomUUID())
const handled = (scene: Scene, count: number) =>
  until(`${count} are handled`, async () => (await handledOf(scene)) === count)

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('two processes of one unit', { timeout: 90_000 }, () => {
  it('share its partitions; when one is killed, the other takes over', async () => {
    const scene = await newScene()
    await scene.apply()
    const { name } = scene.topics.input
    const [one, other] = [spawnEngine(scene, '0'), spawnEngine(scene, '1')]
    try {
      await Promise.all([one.running(), other.running()])
      await produce(scene, name, numbered(scene, ids, 10))
      await handled(scene, 300)
      await one.end('SIGKILL')
      const killed = performance.now()
      await produce(scene, name, numbered(scene, ids, 10, 10))
      await handled(scene, 600)
      const tookMs = performance.now() - killed
      process.stderr.write(`taken over after ${Math.round(tookMs)} ms\n`)
      expect(tookMs).toBeLessThan(12_000)
    } finally {
      await Promise.all([one.end('SIGKILL'), other.end('SIGTERM')])
    }
    await expectExactlyOnce(scene, ids, 20)
  })

  it('in the same slot: the first is fenced, says so and stops', async () => {
    const scene = await newScene()
    await scene.apply()
    const first = spawnEngine(scene, '0')
    await first.running()
    const hasStopped = () => first.status()?.state === 'stopped'
    let rounds = 0
    // Records flow all the while, so that both have transactions to lose.
    const write = async () => {
      await produce(scene, scene.topics.input.name, numbered(scene, ids, 1, rounds++))
      await sleep(200)
    }
    const second = spawnEngine(scene, '0')
    try {
      while (!hasStopped() && rounds < 100) await write()
      await write()
      expect(first.status()).toMatchObject({
        state: 'stopped',
        reason: `another process holds ${scene.counter.name}-0: this one was fenced and stops`,
      })
      await handled(scene, ids.length * rounds)
      expect(second.status()?.state).toBe('running')
    } finally {
      await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')])
    }
    await expectExactlyOnce(scene, ids, rounds)
  })

  it('one of them asleep beyond its session: woken, it commits nothing of what it had in hand', async () => {
    const scene = await newScene()
    await scene.apply()
    const { name } = scene.topics.input
    const sleeper = spawnEngine(scene, '0')
    await sleeper.running()
    const waker = spawnEngine(scene, '1')
    try {
      await produce(scene, name, numbered(scene, ids, 100))
      await until('it works', async () => (await handledOf(scene)) > 0)
      sleeper.signal('SIGSTOP')
      await produce(scene, name, numbered(scene, ids, 10, 100))
      await handled(scene, ids.length * 110)
      sleeper.signal('SIGCONT')
      await produce(scene, name, numbered(scene, ids, 10, 110))
      await handled(scene, ids.length * 120)
      await until('it is back', () => sleeper.status()?.state === 'running')
    } finally {
      sleeper.signal('SIGCONT')
      await Promise.all([sleeper.end('SIGTERM'), waker.end('SIGTERM')])
    }
    await expectExactlyOnce(scene, ids, 120)
  })
})
