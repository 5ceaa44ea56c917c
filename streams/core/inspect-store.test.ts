import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copy, openExample, place, put, storeIn, unit } from '#core/example-store'
import { doubtOf, readStore, storesIn } from '#core/inspect-store'
import { dataFile } from '#core/state-file'
import { readMarker, writeMarker } from '#core/store-marker'

const directory = mkdtempSync(join(tmpdir(), 'corrente-inspect-'))
const found = { slot: '0', unit, directory: storeIn(directory) }
let store: Awaited<ReturnType<typeof openExample>>
beforeAll(async () => {
  store = await openExample(directory)
  for (const key of ['b', 'a', 'c']) put(store, key, `row ${key}`)
  await store.checkpoint([{ ...place, ...copy }])
  store.partition(4).apply('keeper.timers', [['t', Buffer.from('timer')]])
  await store.spill()
})
afterAll(async () => {
  await store.close(false)
  rmSync(directory, { recursive: true })
})

describe('a store that is looked into while its process works on it', () => {
  it('is found by slot and unit', () => {
    expect(storesIn(directory)).toEqual([found])
    expect(storesIn(join(directory, 'nowhere'))).toEqual([])
  })

  it('shows its tables, their rows and how far they go', async () => {
    const reading = readStore(found)
    expect(reading.tables).toEqual([
      { table: place.topic, partition: 0, rows: 3, bytes: 4_096, copy },
      { table: 'keeper.timers', partition: 4, rows: 1, bytes: 4_096 },
    ])
    const rows = [...reading.tree(reading.tables[0]!).range({ gte: 'b' })]
    expect(rows.map(([key, row]) => [key, String(row)])).toEqual([
      ['b', 'row b'],
      ['c', 'row c'],
    ])
    expect(reading.tree(reading.tables[0]!).get('nobody')).toBeUndefined()
    await reading.close()
  })

  it('is written on by its process', async () => {
    put(store, 'd')
    await store.checkpoint([])
    const reading = readStore(found)
    expect(reading.tables[0]?.rows).toBe(4)
    await reading.close()
  })

  it('says why it would be built anew, and is not opened where it is no store', async () => {
    expect(doubtOf(found)).toBeUndefined()
    await writeMarker(found.directory, { ...readMarker(found.directory)!, bootId: 'before' })
    expect(doubtOf(found)).toBe('the machine was restarted before it was closed')
    const other = mkdtempSync(join(directory, 'other-'))
    writeFileSync(dataFile(other), 'x'.repeat(20_000))
    const harmed = { ...found, directory: other }
    expect(doubtOf(harmed)).toBe('nothing says how it was left')
    expect(() => readStore(harmed)).toThrow('its file is not one of ours')
  })
})
