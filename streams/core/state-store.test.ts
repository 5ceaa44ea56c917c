import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareKeys, type KeyRange } from '#core/key-range'
import { silentLog } from '#core/log'
import { openUnitStore } from '#core/open-store'
import { PartitionState } from '#core/state'
import { memoryUnitStore, type UnitStore } from '#core/state-store'

const root = mkdtempSync(join(tmpdir(), 'corrente-store-'))
afterAll(() => rmSync(root, { recursive: true }))
let stores = 0
const onDisk = () =>
  openUnitStore({
    settings: {
      directory: root,
      bytesMax: 1e9,
      cluster: async () => 'ours',
      lock: async () => ({ release: async () => undefined }),
    },
    slot: '0',
    unit: `unit-${stores++}`,
    treesMax: 20,
    log: silentLog,
    signal: new AbortController().signal,
  })

const drivers: readonly [string, () => Promise<UnitStore>][] = [
  ['in memory', async () => memoryUnitStore()],
  ['on the disk', onDisk],
]
const table = 'unit.rows'
const place = { topic: table, partition: 0 }
const bytes = (text: string) => Buffer.from(text)
const rowsOf = (store: UnitStore, range: KeyRange = {}, topic = table) =>
  [...store.partition(0).range(topic, range)].map(([key, row]) => `${key}=${String(row)}`)
const change = (store: UnitStore, changes: Record<string, string | null>, topic = table) =>
  store.partition(0).apply(
    topic,
    Object.entries(changes).map(([key, row]) => [key, row === null ? null : bytes(row)]),
  )

describe.each(drivers)('a store %s', (_, open) => {
  let store: UnitStore
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close(false))
  const written = () => store.checkpoint([])

  it('has the rows that were applied, before and after they are written', async () => {
    change(store, { a: '1', b: '1', '': 'no key' })
    const expected = ['=no key', 'a=1', 'b=1']
    expect(rowsOf(store)).toEqual(expected)
    const writing = written()
    expect(rowsOf(store)).toEqual(expected)
    await writing
    expect(rowsOf(store)).toEqual(expected)
    expect(String(store.partition(0).get(table, ''))).toBe('no key')
    expect(store.partition(0).get(table, 'c')).toBeUndefined()
  })

  it('lets what comes later count, wherever the earlier row is', async () => {
    change(store, { a: '1', b: '1', c: '1' })
    await written()
    change(store, { a: '2', b: null })
    const writing = written()
    change(store, { c: null, d: '3' })
    const expected = ['a=2', 'd=3']
    expect(rowsOf(store)).toEqual(expected)
    await writing
    expect(rowsOf(store)).toEqual(expected)
    await written()
    expect(rowsOf(store)).toEqual(expected)
    const found = ['a', 'b', 'c', 'd'].map((key) => store.partition(0).get(table, key)?.toString())
    expect(found).toEqual(['2', undefined, undefined, '3'])
  })

  it('keeps tables and partitions apart', async () => {
    change(store, { a: 'row' })
    change(store, { a: 'timer' }, 'unit.timers')
    store.partition(1).apply(table, [['a', bytes('elsewhere')]])
    await written()
    expect(rowsOf(store)).toEqual(['a=row'])
    expect(rowsOf(store, {}, 'unit.timers')).toEqual(['a=timer'])
    expect(String(store.partition(1).get(table, 'a'))).toBe('elsewhere')
  })

  it('gives every range as a sorted list would, whatever is written and what is not', async () => {
    const keys = [
      '',
      'a',
      'a/1',
      'ab',
      'b',
      'é',
      '￿',
      '😀',
      ...Array.from({ length: 90 }, (_, n) => `n${n}`),
    ]
    const expected = new Map<string, string>()
    const put = (key: string, row: string | null) => {
      change(store, { [key]: row })
      if (row === null) expected.delete(key)
      else expected.set(key, row)
    }
    keys.forEach((key, n) => put(key, `written ${n}`))
    await written()
    keys.forEach((key, n) => n % 3 === 0 && put(key, n % 2 === 0 ? null : `changed ${n}`))
    const writing = written()
    keys.forEach((key, n) => n % 5 === 0 && put(key, n % 4 === 0 ? null : `again ${n}`))
    const sorted = [...expected.keys()].sort(compareKeys)
    const bounds = [undefined, '', 'a', 'a/', 'n3', 'n55', '￿', '😀', '😀😀']
    for (const gte of bounds) {
      for (const lt of bounds) {
        for (const reverse of [false, true]) {
          const within = sorted.filter(
            (key) =>
              (gte === undefined || compareKeys(key, gte) >= 0) &&
              (lt === undefined || compareKeys(key, lt) < 0),
          )
          const wanted = (reverse ? within.toReversed() : within).map(
            (key) => `${key}=${expected.get(key)}`,
          )
          const range = {
            ...(gte === undefined ? {} : { gte }),
            ...(lt === undefined ? {} : { lt }),
            reverse,
          }
          expect(rowsOf(store, range), JSON.stringify(range)).toEqual(wanted)
        }
      }
    }
    await writing
  })

  it('counts a limit behind the open transaction', async () => {
    change(store, { a: '1', b: '1', c: '1', d: '1' })
    await written()
    const state = new PartitionState(store.partition(0))
    state.put(table, 'a', null)
    state.put(table, 'bb', bytes('2'))
    const found = [...state.range(table, { limit: 2 })].map(([key]) => key)
    expect(found).toEqual(['b', 'bb'])
    expect(rowsOf(store)).toHaveLength(4)
  })

  it('forgets what is to be built anew, and nothing else', async () => {
    change(store, { a: '1' })
    change(store, { a: 'timer' }, 'unit.timers')
    await written()
    change(store, { b: '1' })
    await store.forget([place])
    expect(rowsOf(store)).toEqual([])
    expect(store.partition(0).get(table, 'a')).toBeUndefined()
    change(store, { c: '2' })
    await written()
    expect(rowsOf(store)).toEqual(['c=2'])
    expect(rowsOf(store, {}, 'unit.timers')).toEqual(['a=timer'])
  })

  it('knows the schemas of its rows', () => {
    store.partition(0).apply(table, [['a', Buffer.from([0, 0, 0, 1, 2, 9, 9])]])
    change(store, { b: '{"json":true}' })
    expect(store.schemas.headers()).toEqual([Buffer.from([0, 0, 0, 1, 2])])
  })

  it('does not change with the buffer it was given', async () => {
    const row = bytes('1')
    store.partition(0).apply(table, [['a', row]])
    const found = store.partition(0).get(table, 'a')!
    await written()
    expect([found, store.partition(0).get(table, 'a')].map(String)).toEqual(['1', '1'])
  })
})
