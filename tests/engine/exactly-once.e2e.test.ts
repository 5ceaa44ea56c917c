import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, type Scene, seen, until } from '#tests/engine/scene'

const tenant = (scene: Scene, version: number) => ({
  key: 'examplepay/1',
  value: scene.bytesOf(scene.topics.tenants, {
    id: 'examplepay/1',
    connector: 'examplepay',
    tenant_id: randomUUID(),
    active: true,
    version,
    config: '{}',
    updated_at: '2026-01-15T10:00:00+01:00',
  }),
})

const lookups = mkdtempSync(join(tmpdir(), 'corrente-lookups-'))
afterAll(() => rmSync(lookups, { recursive: true }))

describe('a stateful unit with a lookup on the disk', () => {
  it('handles each record once, over a drain and a restart', async () => {
    const scene = await newScene()
    await scene.apply()
    const ids = Array.from({ length: 50 }, () => randomUUID())
    await produce(scene, scene.topics.tenants.name, [tenant(scene, 1)])
    await produce(scene, scene.topics.input.name, numbered(scene, ids, 40))
    const { input } = scene.topics
    const handled = () => handledOf(scene)

    const first = await scene.run([scene.counter], { lookups })
    await until('some are handled', async () => (await handled()) > 100)
    await first.drain()
    await produce(scene, input.name, numbered(scene, ids, 20, 40))
    // Nobody waits for this row: a record written after it must see it all the same.
    await produce(scene, scene.topics.tenants.name, [tenant(scene, 2)])
    await produce(scene, input.name, numbered(scene, ids, 1, 60))
    const second = await scene.run([scene.counter], { lookups })
    await until('all are handled', async () => (await handled()) === 50 * 61)
    await second.drain()
    expect(readdirSync(lookups)).toEqual([])

    await expectExactlyOnce(scene, ids, 61)
    const records = await seen(scene, scene.topics.output.name, 50 * 61)
    const last = records.filter(({ headers }) => headers['corrente-lookups']?.endsWith('@0:1'))
    expect(last.length).toBeGreaterThanOrEqual(50)
    expect(records.every(({ headers }) => headers['corrente-unit'] === scene.counter.name)).toBe(
      true,
    )
  })
})
