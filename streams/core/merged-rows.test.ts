import { describe, expect, it } from 'vitest'
import { type LayerRow, mergedRows } from '#core/merged-rows'

const upper: readonly LayerRow<number>[] = [
  ['b', 2],
  ['c', null],
  ['e', 2],
]
const lower: readonly LayerRow<number>[] = [
  ['a', 1],
  ['b', 1],
  ['c', 1],
  ['d', 1],
]
const all = [
  ['a', 1],
  ['b', 2],
  ['d', 1],
  ['e', 2],
]

describe('mergedRows', () => {
  it('lets the upper layer hide and remove what the lower one has', () => {
    expect([...mergedRows([upper, lower], {})]).toEqual(all)
  })

  it('merges against the order', () => {
    const layers = [upper.toReversed(), lower.toReversed()]
    expect([...mergedRows(layers, { reverse: true })]).toEqual(all.toReversed())
  })

  it('counts only what it gives, and reads no further', () => {
    expect([...mergedRows([upper, lower], { limit: 3 })]).toEqual(all.slice(0, 3))
    expect([...mergedRows([upper, lower], { limit: 0 })]).toEqual([])
    let read = 0
    const counted = function* () {
      for (const row of lower) {
        read++
        yield row
      }
    }
    expect([...mergedRows([counted()], { limit: 1 })]).toEqual([['a', 1]])
    expect(read).toBeLessThanOrEqual(2)
  })
})
