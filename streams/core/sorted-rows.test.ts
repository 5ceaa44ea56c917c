import { describe, expect, it } from 'vitest'
import { compareKeys } from '#core/key-range'
import { SortedRows } from '#core/sorted-rows'

const rowsOf = (...keys: string[]) => {
  const rows = new SortedRows<string>()
  for (const key of keys) rows.set(key, key.toUpperCase())
  return rows
}
const keysOf = (found: Iterable<readonly [string, unknown]>) => [...found].map(([key]) => key)

describe('rows in key order', () => {
  it('gives the rows of a range in either direction', () => {
    const rows = rowsOf('d', 'b', 'a', 'c')
    expect([...rows.range({ gte: 'b', lt: 'd' })]).toEqual([
      ['b', 'B'],
      ['c', 'C'],
    ])
    expect(keysOf(rows.range({ gte: 'b', reverse: true }))).toEqual(['d', 'c', 'b'])
    expect(keysOf(rows.range({ gte: 'bb', lt: 'bc' }))).toEqual([])
  })

  it('keeps the order through changes after it was asked for, few or many', () => {
    for (const count of [3, 100]) {
      const rows = rowsOf('m')
      expect(keysOf(rows.range({}))).toEqual(['m'])
      const added = Array.from({ length: count }, (_, n) => `${(n * 37) % count}`)
      for (const key of added) rows.set(key, key)
      rows.delete('m')
      rows.set('0', 'again')
      expect(keysOf(rows.range({}))).toEqual(added.toSorted(compareKeys))
      expect([rows.get('0'), rows.size]).toEqual(['again', count])
    }
  })

  it.each([false, true])('gives each key once while rows change (reverse: %s)', (reverse) => {
    const rows = rowsOf('a', 'b', 'c', 'd')
    const seen: string[] = []
    for (const [key] of rows.range({ reverse })) {
      seen.push(key)
      rows.delete(key)
      if (key.length < 3) rows.set(`${key}0`, '')
    }
    const inOrder = seen.toSorted(compareKeys)
    expect(seen).toEqual(reverse ? inOrder.toReversed() : inOrder)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd']))
  })
})
