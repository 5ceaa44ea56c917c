import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { tryLock } from '#compose/embedded/lock'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { RunningUnits } from '#core/run-units'
import { openStateDatabase } from '#core/state-database'
import { readMarker, writeMarker } from '#core/store-marker'
import { expectExactlyOnce } from '#tests/engine/check-counts'
import {
  handledOf,
  newScene,
  numbered,
  produce,
  type Scene,
  stateOf,
  until,
} from '#tests/engine/scene'
import { spawnEngine } from '#tests/engine/spawn-engine'

const ids = Array.from({ length: 40 }, () => randomUUID())
const root = mkdtempSync(join(tmpdir(), 'corrente-state-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A unit with its rows on the disk; what it read to have them is counted. */
async function newKeeper(directory = mkdtempSync(join(root, 'home-'))) {
  const scene = await newScene()
  await scene.apply()
  await until('its topics can be written to', async () => {
    const admin = scene.client.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(scene.topics.input.name)
    await admin.disconnect()
    return ends.length === 3
  })
  const store = join(directory, '0', scene.counter.name)
  let rounds = 0
  const keeper = {
    scene,
    directory,
    store,
    get rounds() {
      return rounds
    },
    /** Writes the next events of every payment. */
    async write(perKey: number) {
      await produce(scene, scene.topics.input.name, numbered(scene, ids, perKey, rounds))
      rounds += perKey
    },
    handled: () =>
      until('all are handled', async () => (await handledOf(scene)) === ids.length * rounds),
    /** Runs the unit until it has handled all there is; returns how many records it read for its rows. */
    async run(whileRunning: (running: RunningUnits) => Promise<void> = async () => undefined) {
      const metrics = newMetrics()
      const warnings: string[] = []
      const log = {
        ...silentLog,
        warn: (fields: object) =>
          void warnings.push(String((fields as { reason?: string }).reason)),
      }
      const state = { directory, bytesMax: 1e9, cluster: async () => 'ours', lock: tryLock }
      const running = await scene.run([scene.counter], { state, metrics, log })
      try {
        await until('it runs', () => stateOf(running).state === 'running')
        await whileRunning(running)
        await keeper.handled()
      } finally {
        await running.drain()
      }
      const restored = (await metrics.restoreRecords.get()).values[0]?.value ?? 0
      return { restored, warnings }
    },
    right: () => expectExactlyOnce(scene, ids, rounds),
  }
  return keeper
}
type Keeper = Awaited<ReturnType<typeof newKeeper>>

/** The changelog as it is after so many rounds: a row for each. */
const changelogOf = (keeper: Keeper) => ids.length * keeper.rounds

const placesOf = ({ scene }: Keeper) => [0, 1, 2].map((p) => `${scene.topics.counts.name}/${p}`)

const topicMadeAnew = async ({ client, topics, apply }: Scene) => {
  const admin = client.admin()
  await admin.connect()
  await admin.deleteTopics({ topics: [topics.counts.name] })
  await admin.disconnect()
  await until('the topic is gone', async () => {
    await sleep(500)
    return apply().then(
      () => true,
      () => false,
    )
  })
}

describe.concurrent('a unit with its rows on the disk', { timeout: 90_000 }, () => {
  it('reads nothing again when it was drained', async () => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    await keeper.write(5)
    expect((await keeper.run()).restored).toBe(0)
    await keeper.right()
  })

  it('killed, reads a small part of its changelog', async () => {
    const keeper = await newKeeper()
    const engine = spawnEngine(keeper.scene, '0', { directory: keeper.directory })
    try {
      await engine.running()
      await keeper.write(100)
      await keeper.handled()
      // One checkpoint later the rows are on the disk; what is written now is at most partly there.
      await sleep(2_500)
      await keeper.write(5)
      await keeper.handled()
    } finally {
      await engine.end('SIGKILL')
    }
    await keeper.write(5)
    const { restored, warnings } = await keeper.run()
    expect(restored).toBeLessThanOrEqual(ids.length * 5)
    expect(warnings).toEqual([])
    await keeper.right()
  })

  it('killed again and again in the middle of its work, counts right', async () => {
    const keeper = await newKeeper()
    for (let kill = 0; kill < 4; kill++) {
      const engine = spawnEngine(keeper.scene, '0', { directory: keeper.directory })
      try {
        await engine.running()
        const before = await handledOf(keeper.scene)
        const writing = keeper.write(30)
        await until('it goes on', async () => (await handledOf(keeper.scene)) > before)
        await writing
        await sleep(Math.random() * 1_200)
      } finally {
        await engine.end('SIGKILL')
      }
    }
    await keeper.run()
    await keeper.right()
  })

  it('builds its rows anew where its directory is gone', async () => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    const changelog = changelogOf(keeper)
    rmSync(keeper.directory, { recursive: true })
    await keeper.write(5)
    expect((await keeper.run()).restored).toBe(changelog)
    await keeper.right()
  })

  it('catches an older copy up', async () => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    const old = changelogOf(keeper)
    cpSync(keeper.store, join(root, `copy-${keeper.scene.suffix}`), { recursive: true })
    await keeper.write(7)
    await keeper.run()
    rmSync(keeper.store, { recursive: true })
    cpSync(join(root, `copy-${keeper.scene.suffix}`), keeper.store, { recursive: true })
    const { restored, warnings } = await keeper.run()
    expect([restored, warnings]).toEqual([ids.length * 7, []])
    expect(restored).toBeLessThan(old)
    await keeper.write(3)
    await keeper.run()
    await keeper.right()
  })

  it.each([
    ['the copy is newer than the changelog', { position: 1_000_000 }],
    // All that is in the changelog was written after this copy: it is one of another topic with the same name.
    ['the changelog was made anew', { at: Date.now() - 3_600_000 }],
  ])('builds its rows anew where %s', async (reason, change) => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    const database = openStateDatabase({ directory: keeper.store, treesMax: 3, bytesMax: 1e9 })
    await database.write(() => {
      for (const place of placesOf(keeper)) {
        const copy = JSON.parse(String(database.notes.get(`copy/${place}`))) as object
        database.notes.put(`copy/${place}`, Buffer.from(JSON.stringify({ ...copy, ...change })))
        database.tree(place).clear()
      }
    })
    await database.close()
    await keeper.write(5)
    const { restored, warnings } = await keeper.run()
    expect([restored, warnings]).toEqual([ids.length * 20, Array(3).fill(reason)])
    await keeper.right()
  })

  it('keeps no row of a changelog that was made anew', async () => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    await topicMadeAnew(keeper.scene)
    const { restored, warnings } = await keeper.run()
    expect(restored).toBe(0)
    expect(warnings).toContain('the copy is newer than the changelog')
    const database = openStateDatabase({ directory: keeper.store, treesMax: 3, bytesMax: 1e9 })
    const rows = placesOf(keeper).map((place) => database.tree(place).size().rows)
    expect(rows).toEqual([0, 0, 0])
    await database.close()
  })

  it('builds its rows anew after a restart of the machine, unless it had been drained', async () => {
    const keeper = await newKeeper()
    await keeper.write(20)
    await keeper.run()
    const rebooted = async () =>
      writeMarker(keeper.store, { ...readMarker(keeper.store)!, bootId: 'the boot before' })
    await rebooted()
    expect((await keeper.run()).restored).toBe(0)
    const engine = spawnEngine(keeper.scene, '0', { directory: keeper.directory })
    await engine.running().finally(() => engine.end('SIGKILL'))
    await rebooted()
    const changelog = changelogOf(keeper)
    await keeper.write(5)
    const { restored, warnings } = await keeper.run()
    expect([restored, warnings]).toEqual([
      changelog,
      ['the machine was restarted before it was closed'],
    ])
    await keeper.right()
  })
})
