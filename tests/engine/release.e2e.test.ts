import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { release } from '#core/release'
import { countedBy } from '#tests/engine/check-counts'
import { committed } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, type Scene, until } from '#tests/engine/scene'
import { spawnEngine } from '#tests/engine/spawn-engine'
import { partyIn, switchedOf } from '#tests/engine/switched'
import { redriveTopic } from '#schemas/engine/unit-topics'

const ids = Array.from({ length: 6 }, () => randomUUID())
const perKey = 3
const total = ids.length * perKey

/** An operator's word for each key. */
async function releaseAll(scene: Scene, unit: string): Promise<void> {
  const words = ids.map((orderKey) => release({ unit, partition: 0, orderKey }))
  await produce(
    scene,
    redriveTopic(unit),
    words.map(({ key, value, headers }) => ({ key, value, headers, partition: 0 })),
  )
}

it('parked records that are released are tried at once, each key in its order, once, also by a process that takes over', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'corrente-party-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const party = partyIn(directory)
  const scene = await newScene({ partitions: 1 })
  const unit = switchedOf(scene.suffix, 1, directory)
  await scene.apply([unit])
  const { input } = scene.topics
  const start = () => spawnEngine(scene, '0', { unit: 'switched', partitions: 1, party: directory })
  const stands = async (topic: string) => (await committed(scene, unit.name, topic))[0]

  await party.become('away')
  await produce(scene, input.name, numbered(scene, ids, perKey))
  let engine = start()
  try {
    await until('all are parked', async () => (await stands(input.name)) === total)
    const tried = (await party.calls()).length
    await party.become('hanging')
    await releaseAll(scene, unit.name)
    await until('it took the words', async () => (await stands(redriveTopic(unit.name)))! >= 6)
    await until('it calls', async () => (await party.calls()).length === tried + 6)
    // What it took is committed, and nothing of what came of it.
    await engine.end('SIGKILL')
    await party.become('there')
    engine = start()
    const expected = Array.from({ length: perKey }, (_, n) => String(n))
    const byKey = await countedBy(scene, total)
    for (const id of ids) expect(byKey.get(id)?.map(([message]) => message)).toEqual(expected)
    // Where nothing waits any more the same words change nothing.
    const calls = (await party.calls()).length
    await releaseAll(scene, unit.name)
    await until('it took them, too', async () => (await stands(redriveTopic(unit.name)))! >= 12)
    expect((await countedBy(scene, total)).size).toBe(ids.length)
    expect((await party.calls()).length).toBe(calls)
  } finally {
    await engine.end('SIGTERM')
  }
}, 90_000)
