import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tenantOf, took, wrote } from '#core/example-rows'
import { jsonWire, tenants } from '#core/example-unit'
import { openRows } from '#core/open-rows'
import type { Rows } from '#core/rows'

const root = mkdtempSync(join(tmpdir(), 'corrente-rows-'))
afterAll(() => rmSync(root, { recursive: true }))

const drivers: readonly [string, string | undefined][] = [
  ['in memory', undefined],
  ['on the disk', root],
]

/** So long, or so strange, that it is no key of the library's as it is. */
const long = 'k'.repeat(5_000)
const strange = ['', 'a', 'a\0', 'a\0b', '=a', '#a', 'é', '😀', long, `${long}x`]

describe.each(drivers)('rows %s', (_, directory) => {
  let rows: Rows
  beforeEach(() => {
    rows = openRows(tenants, { wire: jsonWire, directory })
  })
  afterEach(() => rows.close())
  const put = (id: string, connector: string) => rows.apply([wrote(tenantOf(id, connector))])
  const idsOf = (connector: string) =>
    rows.where('connector', connector).map(({ value }) => value['id'])

  it('are found by key and by index, with where they were written and whose story they are', async () => {
    const a = wrote(tenantOf('a', 'x'), '3:1')
    const b = wrote(tenantOf('b', 'x'), '3:2')
    await rows.apply([b, a, wrote(tenantOf('c', 'y'), '3:3')])
    expect(rows.get('b')).toEqual(b.row)
    expect(rows.get('b')).toMatchObject({
      version: '3:2',
      story: { 'correlation-id': 'story of b' },
    })
    expect(rows.where('connector', 'x')).toEqual([a.row, b.row])
    expect([rows.get('d'), idsOf('z')]).toEqual([undefined, []])
  })

  it('move under the index when they change, and leave it when they go', async () => {
    await put('a', 'x')
    await put('b', 'x')
    await put('a', 'y')
    expect([idsOf('x'), idsOf('y')]).toEqual([['b'], ['a']])
    await rows.apply([took('b'), took('never there')])
    expect([idsOf('x'), rows.get('b')]).toEqual([[], undefined])
    await put('b', 'y')
    expect(idsOf('y')).toEqual(['a', 'b'])
  })

  it('are what the last of several changes in a batch made of them', async () => {
    await put('a', 'x')
    await rows.apply([
      wrote(tenantOf('a', 'y')),
      took('a'),
      wrote(tenantOf('a', 'z')),
      wrote(tenantOf('b', 'z')),
      took('b'),
    ])
    expect([idsOf('x'), idsOf('y'), idsOf('z')]).toEqual([[], [], ['a']])
    expect(rows.get('b')).toBeUndefined()
  })

  it('may be many under one value', async () => {
    const ids = Array.from({ length: 3_000 }, (_, n) => `id-${String(n).padStart(4, '0')}`)
    await rows.apply(ids.toReversed().map((id) => wrote(tenantOf(id, 'x'))))
    await put('other', 'xx')
    expect(idsOf('x')).toEqual(ids)
    await rows.apply(ids.slice(10).map(took))
    expect(idsOf('x')).toEqual(ids.slice(0, 10))
  })

  it('have keys and values that may be of any length and of any characters', async () => {
    await rows.apply(strange.map((text) => wrote(tenantOf(text, text))))
    for (const text of strange) {
      expect(rows.get(text)?.value).toMatchObject({ id: text, connector: text })
      expect(idsOf(text)).toEqual([text])
    }
    await rows.apply(strange.map((text) => wrote(tenantOf(text, 'x'))))
    expect(strange.flatMap(idsOf)).toEqual([])
    expect(idsOf('x').sort()).toEqual(strange.toSorted())
    await rows.apply(strange.map(took))
    expect([idsOf('x'), ...strange.map((key) => rows.get(key))]).toEqual([
      [],
      ...strange.map(() => undefined),
    ])
  })

  it('show a batch whole or not at all, to whoever looks while it is applied', async () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => `id-${n}`)
    await rows.apply(ids.map((id) => wrote(tenantOf(id, 'before'))))
    const moves = ids.map((id) => wrote(tenantOf(id, 'after')))
    let isOver = false
    const applying = rows.apply(moves).finally(() => (isOver = true))
    const found = () => [idsOf('before').length, idsOf('after').length]
    while (!isOver) {
      expect([
        [2_000, 0],
        [0, 2_000],
      ]).toContainEqual(found())
      await turn()
    }
    await applying
    expect(found()).toEqual([0, 2_000])
  })

  it('refuse an index the topic does not declare', () => {
    expect(() => rows.where('tenant_id', 'x')).toThrow('tenants declares no index tenant_id')
  })
})
