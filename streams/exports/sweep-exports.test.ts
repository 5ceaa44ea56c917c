import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { filesStore } from '#connectors/object-store-files/index'
import { TransientError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'
import type { ExportCurrent } from '#schemas/generated/types'
import { archiveKey, movementsKey, segmentKey } from '#streams/exports/export-objects'
import { Story, extracted, requestedBy } from '#streams/exports/export-samples'
import { type KnownExports, sweepAgeMs, sweepExports } from '#streams/exports/sweep-exports'

const nowMs = Date.parse('2026-01-15T12:00:00Z')
const before = new Date(nowMs - sweepAgeMs.usual)
const hoursAgo = (hours: number) => new Date(nowMs - hours * 3_600_000)
const idOf = (digit: number) => `${digit}1111111-1111-4111-8111-111111111111`
const [one, other] = [idOf(1), idOf(2)]

/** A row as the keeper writes it. */
const rowOf = (export_id: string, changes: Partial<ExportCurrent> = {}): ExportCurrent => {
  const story = new Story()
  story.told(requestedBy(0), extracted)
  return { ...story.only, export_id, updated_at: '2026-01-15T06:00:00Z', ...changes }
}

/** A store in a folder, and a table, as they are when the sweep begins. */
async function given(rows: readonly ExportCurrent[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'sweep-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = filesStore({ folder })
  const table = new Map(rows.map((row) => [row.export_id, row]))
  const exports: KnownExports = { get: (id) => table.get(id), refresh: async () => undefined }
  return {
    ...{ folder, store, table, exports },
    put: (key: string, at: Date) =>
      filesStore({ folder }, { now: () => at.getTime() }).put(key, Buffer.from('four')),
    sweep: (changes: Partial<Parameters<typeof sweepExports>[0]> = {}) =>
      sweepExports({ objects: store, exports, before, isDryRun: false, ...changes }),
    keys: () => keysOf(store),
  }
}
async function keysOf(store: ObjectStore): Promise<readonly string[]> {
  const keys = []
  for await (const { key } of store.list('')) keys.push(key)
  return keys
}

describe('a sweep', () => {
  it('deletes what is stored of an export that nothing is kept of, and nothing of one that is made', async () => {
    const { put, sweep, keys } = await given([rowOf(other)])
    for (const id of [one, other]) await put(movementsKey(id), hoursAgo(6))
    await put(segmentKey(one, 0), hoursAgo(5))
    expect(await sweep()).toEqual({
      unknown: { objects: 2, bytes: 8 },
      ended: { objects: 0, bytes: 0 },
      ...{ uploads: 0, foreign: 0, export_ids: [one], stopped_by: null },
    })
    expect(await keys()).toEqual([movementsKey(other)])
  })

  it('finds nothing the second time', async () => {
    const { put, sweep } = await given()
    await put(movementsKey(one), hoursAgo(6))
    await sweep()
    expect(await sweep()).toMatchObject({ unknown: { objects: 0 }, export_ids: [] })
  })

  it.each([
    { scene: 'an archive whose time is not over', row: { state: 'READY', hours: -1 }, left: 1 },
    { scene: 'an archive whose time is just over', row: { state: 'READY', hours: 1 }, left: 1 },
    { scene: 'one whose timer never came', row: { state: 'READY', hours: 4 }, left: 0 },
    { scene: 'one with errors, too', row: { state: 'READY_WITH_ERRORS', hours: 4 }, left: 0 },
  ] as const)('of $scene leaves $left', async ({ row: { state, hours }, left }) => {
    const expires_at = hoursAgo(hours).toISOString()
    const { put, sweep, keys } = await given([rowOf(one, { state, expires_at })])
    await put(archiveKey(one), hoursAgo(6))
    expect(await sweep()).toMatchObject({ ended: { objects: 1 - left } })
    expect(await keys()).toHaveLength(left)
  })

  it.each(['FAILED', 'CANCELLED', 'CANCELLING', 'EXPIRED'] as const)(
    'deletes what lies there long after an export is %s, and leaves the time to delete it to others',
    async (state) => {
      const rows = [one, other].map((id) => rowOf(id, { state }))
      const { put, sweep, table, keys } = await given(rows)
      table.set(other, { ...rows[1]!, updated_at: hoursAgo(1).toISOString() })
      for (const id of [one, other]) await put(movementsKey(id), hoursAgo(6))
      await sweep()
      expect(await keys()).toEqual([movementsKey(other)])
    },
  )

  it.each(['EXTRACTING', 'SPLITTING', 'RENDERING', 'COLLECTING'] as const)(
    'leaves alone what is %s, however old, for a worker may have been away for days',
    async (state) => {
      const { put, sweep, keys } = await given([rowOf(one, { state })])
      await put(movementsKey(one), hoursAgo(99))
      expect(await sweep()).toMatchObject({ unknown: { objects: 0 }, ended: { objects: 0 } })
      expect(await keys()).toHaveLength(1)
    },
  )

  it('leaves alone what is young, and what is no key of an export', async () => {
    const { put, sweep, keys } = await given()
    await put(movementsKey(one), hoursAgo(2))
    await put('exports/by-hand/notes', hoursAgo(99))
    await put('templates/own/1.json', hoursAgo(99))
    expect(await sweep()).toMatchObject({ unknown: { objects: 0 }, foreign: 1 })
    expect(await keys()).toHaveLength(3)
  })

  it('counts, and deletes nothing, where it is only to look', async () => {
    const { put, sweep, keys } = await given()
    await put(movementsKey(one), hoursAgo(6))
    expect(await sweep({ isDryRun: true })).toMatchObject({ unknown: { objects: 1, bytes: 4 } })
    expect(await keys()).toHaveLength(1)
  })
})

describe('an export that is begun while it is swept', () => {
  it('is alive by a row that was written after its objects were listed', async () => {
    const { put, sweep, table, keys, exports } = await given()
    await put(movementsKey(one), hoursAgo(6))
    let times = 0
    const refresh = async () => {
      times += 1
      if (times === 2) table.set(one, rowOf(one))
    }
    expect(await sweep({ exports: { ...exports, refresh } })).toMatchObject({ export_ids: [] })
    expect(times).toBe(2)
    expect(await keys()).toHaveLength(1)
  })
})

describe('a sweep that does not know the exports', () => {
  it('does nothing, and says why', async () => {
    const { put, sweep, keys, exports } = await given()
    await put(movementsKey(one), hoursAgo(6))
    const refresh = () => Promise.reject(new Error('the table is not read'))
    await expect(sweep({ exports: { ...exports, refresh } })).rejects.toThrow('is not read')
    expect(await keys()).toHaveLength(1)
  })

  it('stops where that happens in the middle, and deletes no more', async () => {
    const { put, sweep, keys, exports } = await given()
    for (const id of [one, other]) await put(movementsKey(id), hoursAgo(6))
    let times = 0
    const refresh = async () => {
      times += 1
      if (times > 2) throw new Error('the broker is away')
    }
    const swept = await sweep({ exports: { ...exports, refresh } })
    expect(swept).toMatchObject({ unknown: { objects: 1 }, stopped_by: 'the broker is away' })
    expect(await keys()).toEqual([movementsKey(other)])
  })
})

describe('a store that fails in the middle', () => {
  it('ends the sweep, which tells what it did; the next one goes on', async () => {
    const { put, sweep, keys, store } = await given()
    for (let chunk = 0; chunk < 40; chunk++) await put(segmentKey(one, chunk), hoursAgo(6))
    let left = 20
    const broken: Parameters<typeof sweepExports>[0]['objects'] = {
      list: (prefix) => store.list(prefix),
      abandoned: (olderThan) => store.abandoned(olderThan),
      async delete(key) {
        if (left-- <= 0) throw new TransientError('the store answered 503')
        await store.delete(key)
      },
    }
    const swept = await sweep({ objects: broken })
    expect(swept).toMatchObject({ unknown: { objects: 20 }, stopped_by: 'the store answered 503' })
    expect(await keys()).toHaveLength(20)
    expect(await sweep()).toMatchObject({ unknown: { objects: 20 }, stopped_by: null })
    expect(await keys()).toEqual([])
  })
})

describe('an unfinished upload', () => {
  it('of an export is ended where it is old, whatever has become of the export', async () => {
    const { folder, put, sweep, keys, exports } = await given([rowOf(one)])
    await put(movementsKey(one), hoursAgo(1))
    const files = [`exports/${one}/archive.zip`, 'templates/own/1.json']
    for (const file of files) {
      mkdirSync(join(folder, file, '..'), { recursive: true })
      writeFileSync(join(folder, `${file}@0123456789abcdef.0`), 'begun')
    }
    expect(await sweep()).toMatchObject({ uploads: 0 })
    // Its age is that of the file: so it is looked at from later on.
    const later = { before: new Date(Date.now() + 60_000), exports }
    expect(await sweep({ ...later, isDryRun: true })).toMatchObject({ uploads: 1 })
    expect(await sweep(later)).toMatchObject({ uploads: 1 })
    expect(await sweep(later)).toMatchObject({ uploads: 0 })
    expect(await keys()).toEqual([movementsKey(one)])
  })
})
