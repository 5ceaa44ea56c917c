import { describe, expect, it } from 'vitest'
import { HotRows } from '#core/hot-rows'
import { memoryOf } from '#core/packed-row'

const table = 'rows/0'
const row = 'x'.repeat(100)
const keyOf = (n: number) => `key-${String(n).padStart(6, '0')}`
const each = memoryOf(keyOf(0), row)

describe('hot rows', () => {
  it('are bounded in bytes, whatever comes', () => {
    const hot = new HotRows(100 * each)
    for (let n = 0; n < 10_000; n++) hot.set(table, keyOf(n), row)
    const kept = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => hot.get(table, keyOf(n)))
    expect(kept.length).toBeLessThanOrEqual(101)
    expect(kept.length).toBeGreaterThanOrEqual(50)
    expect(kept.at(-1)).toBe(9_999)
  })

  it('stay while they are used, and go when they are not', () => {
    const hot = new HotRows(100 * each)
    hot.set(table, 'used', row)
    hot.set(table, 'unused', row)
    for (let n = 0; n < 1_000; n++) {
      hot.set(table, keyOf(n), row)
      expect(hot.get(table, 'used')).toBe(row)
    }
    expect(hot.get(table, 'unused')).toBeUndefined()
  })

  it('forget what is removed, however long it was there', () => {
    const hot = new HotRows(100 * each)
    hot.set(table, 'a', row)
    for (let n = 0; n < 60; n++) hot.set(table, keyOf(n), row)
    hot.delete(table, 'a')
    expect(hot.get(table, 'a')).toBeUndefined()
    hot.set(table, 'b', row)
    hot.clear()
    expect([hot.get(table, 'b'), hot.get(table, keyOf(59))]).toEqual([undefined, undefined])
  })

  it('are those of one table', () => {
    const hot = new HotRows(100 * each)
    hot.set(table, 'a', row)
    hot.set('rows/1', 'a', 'other')
    expect([hot.get(table, 'a'), hot.get('rows/1', 'a')]).toEqual([row, 'other'])
    hot.delete(table, 'a')
    expect([hot.get(table, 'a'), hot.get('rows/1', 'a')]).toEqual([undefined, 'other'])
  })

  it('count a row that is set again once', () => {
    const hot = new HotRows(100 * each)
    hot.set(table, 'first', row)
    for (let n = 0; n < 1_000; n++) hot.set(table, 'again', row)
    expect(hot.get(table, 'first')).toBe(row)
  })
})
