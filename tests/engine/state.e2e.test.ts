import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoreReport } from '#apps/corrente/state-report'
import { openStateDatabase } from '#core/state-database'
import { readMarker, writeMarker } from '#core/store-marker'
import { startCommand } from '#tests/command'
import {
  changelogMadeAnew,
  changelogOf,
  ids,
  newKeeper,
  placesOf,
  roundsBehindMax,
} from '#tests/engine/keeper'
import { handledOf } from '#tests/engine/group-offsets'
import { until } from '#tests/engine/scene'
import { spawnEngine } from '#tests/engine/spawn-engine'

const root = mkdtempSync(join(tmpdir(), 'corrente-state-'))
afterAll(() => rmSync(root, { recursive: true }))

describe.concurrent('a unit with its rows on the disk', { timeout: 90_000 }, () => {
  it('reads nothing again when it was drained', async () => {
    const keeper = await newKeeper(root)
    await keeper.write(20)
    await keeper.run()
    await keeper.write(5)
    expect((await keeper.run()).restored).toBe(0)
    await keeper.right()
  })

  it('killed, reads a small part of its changelog', async () => {
    const keeper = await newKeeper(root)
    const engine = spawnEngine(keeper.scene, '0', { directory: keeper.directory })
    try {
      await engine.running()
      await keeper.write(100)
      await keeper.handled()
      await keeper.written()
      await keeper.write(5)
      await keeper.handled()
    } finally {
      await engine.end('SIGKILL')
    }
    // What it looked things up in went with it.
    expect(readdirSync(join(keeper.home, 'lookups'))).toEqual([])
    await keeper.write(5)
    const { restored, warnings } = await keeper.run()
    // What is written after a checkpoint is at most partly on the disk.
    expect(restored).toBeLessThanOrEqual(ids.length * (5 + roundsBehindMax))
    expect(warnings).toEqual([])
    await keeper.right()
  })

  it('killed again and again in the middle of its work, counts right', async () => {
    const keeper = await newKeeper(root)
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

  it('shows its rows to whoever looks while it runs', async () => {
    const keeper = await newKeeper(root)
    await keeper.write(5)
    const { scene } = keeper
    const env = { ...process.env, KAFKA_BROKERS: scene.brokers, CORRENTE_HOME: keeper.home }
    const inspect = () => startCommand(['state', 'inspect', '--json'], { env }).ended
    await keeper.run(async () => {
      await keeper.handled()
      await until('all rows are on the disk', async () => {
        const [store] = JSON.parse((await inspect()).out || '[]') as StoreReport[]
        const rows = store?.tables.map((table) => table.rows) ?? []
        return rows.length === 3 && rows.reduce((sum, n) => sum + n) === ids.length
      })
      await keeper.write(5)
    })
    await keeper.right()
  })

  it('builds its rows anew where its directory is gone', async () => {
    const keeper = await newKeeper(root)
    await keeper.write(20)
    await keeper.run()
    const changelog = changelogOf(keeper)
    rmSync(keeper.directory, { recursive: true })
    await keeper.write(5)
    expect((await keeper.run()).restored).toBe(changelog)
    await keeper.right()
  })

  it('catches an older copy up', async () => {
    const keeper = await newKeeper(root)
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
    const keeper = await newKeeper(root)
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
    const keeper = await newKeeper(root)
    await keeper.write(20)
    await keeper.run()
    await changelogMadeAnew(keeper)
    const { restored, warnings } = await keeper.run()
    expect(restored).toBe(0)
    expect(warnings).toContain('the copy is newer than the changelog')
    const database = openStateDatabase({ directory: keeper.store, treesMax: 3, bytesMax: 1e9 })
    const rows = placesOf(keeper).map((place) => database.tree(place).size().rows)
    expect(rows).toEqual([0, 0, 0])
    await database.close()
  })

  it('builds its rows anew after a restart of the machine, unless it had been drained', async () => {
    const keeper = await newKeeper(root)
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
