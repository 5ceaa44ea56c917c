import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { registerSchemas } from '#apps/platform/contracts'
import { schemaSource } from '#core/registry'
import { events } from '#schemas/topic'
import { countedBy, expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf, newScene, numbered, produce, seen, stateOf, until } from '#tests/engine/scene'
import { switchableProxy } from '#tests/engine/switchable-proxy'

const ids = Array.from({ length: 20 }, () => randomUUID())

describe('the schema registry away', () => {
  it('makes a unit wait, red, with nothing set aside, and go on when it is back', async () => {
    const scene = await newScene()
    await scene.apply()
    const { input } = scene.topics
    const { port, pathname } = new URL(scene.registryUrl)
    const proxy = await switchableProxy(Number(port))
    const registry = schemaSource({ url: `http://127.0.0.1:${proxy.port}${pathname}` })
    const wire = { format: 'avro', registry, jsonTopics: [] } as const
    try {
      proxy.switch(false)
      await expect(scene.run(undefined, { wire })).rejects.toThrow(/registry at .* cannot be asked/)
      proxy.switch(true)
      const running = await scene.run(undefined, { wire })
      await produce(scene, input.name, numbered(scene, ids, 1))
      await countedBy(scene, 20)
      proxy.switch(false)
      // Written under an id this process has not seen: only the registry knows whether it is poison.
      const other = events(`other-${scene.suffix}`, 'corrente.payments.PaymentSeen', {
        key: 'payment_id',
      })
      const [registered] = await registerSchemas(scene.registry, [other])
      const strange = Buffer.alloc(6)
      strange.writeUInt32BE(registered!.id, 1)
      await produce(scene, input.name, [{ key: ids[0]!, value: strange }])
      await produce(scene, input.name, numbered(scene, ids, 1, 1))
      await until('it waits', () => stateOf(running).state === 'waiting')
      await sleep(1_500)
      expect(stateOf(running).reason).toMatch(/registry at .* cannot be asked/)
      await expect(seen(scene, `${scene.counter.name}.dlq`, 1, { limitMs: 500 })).rejects.toThrow(
        /found 0/,
      )
      proxy.switch(true)
      await expectExactlyOnce(scene, ids, 2)
      expect(stateOf(running).state).toBe('running')
      expect(await seen(scene, `${scene.counter.name}.dlq`, 1)).toHaveLength(1)
      await running.drain()
    } finally {
      proxy.close()
    }
  })
})

describe('the broker silent for ten seconds', () => {
  it('loses nothing and doubles nothing', { timeout: 90_000 }, async () => {
    const scene = await newScene()
    await scene.apply()
    const { name } = scene.topics.input
    const pidFile = join(inject('stack').dataDir, 'run', 'kafka.json')
    const { pid } = JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }
    await produce(scene, name, numbered(scene, ids, 400))
    const running = await scene.run()
    try {
      await until('it works', async () => (await handledOf(scene)) > 0)
      process.kill(pid, 'SIGSTOP')
      try {
        await sleep(10_000)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
      const woken = performance.now()
      await produce(scene, name, numbered(scene, ids, 10, 400))
      const total = ids.length * 410
      await until('all are handled', async () => (await handledOf(scene)) === total, 40_000)
      process.stderr.write(
        `goes on ${Math.round(performance.now() - woken)} ms after the silence\n`,
      )
    } finally {
      await running.drain()
    }
    await expectExactlyOnce(scene, ids, 410)
  })
})
