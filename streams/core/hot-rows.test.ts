import { describe, expect, it } from 'vitest'
import { HotRows } from '#core/hot-rows'
import { memoryOf } from '#core/packed-row'

const row = 'x'.repeat(100)
const keyOf = (n: number) => `key-${String(n).padStart(6, '0')}`
const each = memoryOf(keyOf(0), row)

describe('hot rows', () => {
  it('are bounded in bytes, whatever comes', () => {
    const hot = new HotRows(100 * each)
    for (let n = 0; n < 10_000; n++) hot.set(keyOf(n), row)
    const kept = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => hot.get(keyOf(n)))
    expect(kept.length).toBeLessThanOrEqual(101)
    expect(kept.length).toBeGreaterThanOrEqual(50)
    expect(kept.at(-1)).toBe(9_999)
  })

  it('stay while they are used, and go when they are not', () => {
    const hot = new HotRows(100 * each)
    hot.set('used', row)
    hot.set('unused', row)
    for (let n = 0; n < 1_000; n++) {
      hot.set(keyOf(n), row)
      expect(hot.get('used')).toBe(row)
    }
    expect(hot.get('unused')).toBeUndefined()
  })

  it('forget what is removed, however long it was there', () => {
    const hot = new HotRows(100 * each)
    hot.set('a', row)
    for (let n = 0; n < 60; n++) hot.set(keyOf(n), row)
    hot.delete('a')
    expect(hot.get('a')).toBeUndefined()
    hot.set('b', row)
    hot.clear()
    expect([hot.get('b'), hot.get(keyOf(59))]).toEqual([undefined, undefined])
  })

  it('count a row that is set again once', () => {
    const hot = new HotRows(100 * each)
    hot.set('first', row)
    for (let n = 0; n < 1_000; n++) hot.set('again', row)
    expect(hot.get('first')).toBe(row)
  })
})
