import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { copy, has, openExample, place, put, storeIn } from '#core/example-store'
import { silentLog } from '#core/log'
import type { StateSettings } from '#core/open-store'
import { openStateDatabase, StoreTakenError } from '#core/state-database'
import { dataFile } from '#core/state-file'
import { readMarker, writeMarker } from '#core/store-marker'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'corrente-store-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const here = () => storeIn(directory)
const reasons: string[] = []
const log = {
  ...silentLog,
  warn: (fields: object) => void reasons.push((fields as { reason: string }).reason),
}
const open = (settings: Partial<StateSettings> = {}) => openExample(directory, settings, log)

/** A store with one row and its copy, left as a killed process or, `isFinal`, a drained one leaves it. */
async function left(isFinal: boolean) {
  const store = await open()
  put(store, 'a')
  await store.checkpoint([{ ...place, ...copy }])
  await store.close(isFinal)
  reasons.length = 0
}

describe('a store on the disk, opened again', () => {
  it.each([true, false])('has its rows and how far they go (drained: %s)', async (isFinal) => {
    await left(isFinal)
    const store = await open()
    expect([has(store, 'a'), store.copyOf(place)]).toEqual([true, copy])
    expect(reasons).toEqual([])
    await store.close(false)
  })

  it('has the schemas of its rows', async () => {
    const first = await open()
    put(first, 'a', Buffer.from([0, 0, 0, 0, 9, 1]))
    await first.checkpoint([])
    await first.close(false)
    const second = await open()
    expect(second.schemas.headers()).toEqual([Buffer.from([0, 0, 0, 0, 9])])
    await second.close(false)
  })

  it('has no position for rows that went to the disk without one', async () => {
    const first = await open()
    put(first, 'a')
    await first.spill()
    await first.close(false)
    const second = await open()
    expect([has(second, 'a'), second.copyOf(place)]).toEqual([true, undefined])
    await second.close(false)
  })

  it('is empty after another boot, unless it had been closed', async () => {
    for (const isFinal of [false, true]) {
      await left(isFinal)
      await writeMarker(here(), { ...readMarker(here())!, bootId: 'another boot' })
      const store = await open()
      expect(has(store, 'a')).toBe(isFinal)
      await store.close(false)
    }
    expect(reasons).toEqual([])
  })

  it('is empty in the home of another cluster', async () => {
    await left(true)
    const store = await open({ cluster: async () => 'theirs' })
    expect(has(store, 'a')).toBe(false)
    expect(reasons).toEqual(['it follows another Kafka cluster'])
    await store.close(false)
  })

  it.each<[string, () => unknown]>([
    ['is not a store', () => writeFileSync(dataFile(here()), 'x'.repeat(100_000))],
    ['is nearly empty', () => truncateSync(dataFile(here()), 100)],
    ['was cut off', () => truncateSync(dataFile(here()), 3 * 4_096)],
    [
      'was never opened through',
      () => writeMarker(here(), { ...readMarker(here())!, phase: 'opening' }),
    ],
    ['could not be read', () => writeMarker(here(), { ...readMarker(here())!, phase: 'broken' })],
    ['has no marker', () => rmSync(join(here(), 'store.json'))],
    ['has a marker nobody can read', () => writeFileSync(join(here(), 'store.json'), '{')],
  ])('is empty where its file %s', async (_, harm) => {
    await left(false)
    await harm()
    const store = await open()
    expect([has(store, 'a'), store.copyOf(place)]).toEqual([false, undefined])
    expect(reasons).toHaveLength(1)
    put(store, 'b')
    await store.checkpoint([])
    await store.close(false)
  })

  it('is not opened while a living process holds it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const asked: string[] = []
    const lock = async (path: string) => {
      asked.push(path)
      vi.advanceTimersByTime(6_000)
      return undefined
    }
    await expect(open({ lock })).rejects.toThrow(
      `another process that lives holds ${join(here(), 'lock')}`,
    )
    vi.useRealTimers()
    expect(asked).toHaveLength(2)
  })

  it('belongs to whoever opened it last', async () => {
    const store = await open()
    const thief = openStateDatabase({ directory: here(), treesMax: 6, bytesMax: 1e9 })
    put(store, 'a')
    await expect(store.checkpoint([])).rejects.toThrow(StoreTakenError)
    expect(store.failure).toBeInstanceOf(StoreTakenError)
    expect(thief.tree(`${place.topic}/0`).get('a')).toBeUndefined()
    await thief.close()
  })
})

describe('the marker of a store', () => {
  it('says in which boot it was opened, and that it was left open', async () => {
    const store = await open()
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    expect(readMarker(here())).toEqual({ format: 1, cluster: 'ours', bootId, phase: 'open' })
    await store.close(true)
    expect(readMarker(here())).toEqual({ format: 1, cluster: 'ours', bootId, phase: 'closed' })
  })
})
