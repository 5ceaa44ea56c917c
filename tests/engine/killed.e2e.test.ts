import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, until } from '#tests/engine/scene'
import { spawnEngine } from '#tests/engine/spawn-engine'

const ids = Array.from({ length: 40 }, () => randomUUID())
const perKey = 90
const kills = 5

describe('a unit killed in the middle of its work', () => {
  it('loses nothing and doubles nothing', { timeout: 90_000 }, async () => {
    const scene = await newScene()
    await scene.apply()
    const { name } = scene.topics.input
    const handled = () => handledOf(scene)
    let engine = spawnEngine(scene, '0')
    let isWriting = true
    // Records flow while it is killed, so that transactions are open when it dies.
    const writing = (async () => {
      for (let n = 0; n < perKey; n += 3) {
        await produce(scene, name, numbered(scene, ids, 3, n))
        await sleep(100)
      }
      isWriting = false
    })()
    try {
      for (let kill = 0; kill < kills; kill++) {
        await engine.running()
        const before = await handled()
        await until('it goes on', async () => (await handled()) > before || !isWriting)
        await sleep(Math.random() * 300)
        await engine.end('SIGKILL')
        engine = spawnEngine(scene, '0')
      }
      await writing
      await until('all are handled', async () => (await handled()) === ids.length * perKey)
    } finally {
      await engine.end('SIGTERM')
    }
    await expectExactlyOnce(scene, ids, perKey)
  })
})
