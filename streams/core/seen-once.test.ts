import { describe, expect, it } from 'vitest'
import { newSeenOnce } from '#core/seen-once'

const at = (seconds: number) => new Date(1_741_594_800_000 + seconds * 1_000)

describe('what was seen', () => {
  it('is the first once', () => {
    const seen = newSeenOnce(600, 10)
    expect(seen.isFirst('a', at(0))).toBe(true)
    expect(seen.isFirst('b', at(1))).toBe(true)
    expect(seen.isFirst('a', at(600))).toBe(false)
  })

  it('is forgotten once its time is over', () => {
    const seen = newSeenOnce(600, 10)
    seen.isFirst('a', at(0))
    expect(seen.isFirst('a', at(601))).toBe(true)
  })

  it('is forgotten, the oldest first, where there is too much', () => {
    const seen = newSeenOnce(600, 2)
    for (const text of ['a', 'b', 'c']) seen.isFirst(text, at(0))
    expect(seen.isFirst('c', at(1))).toBe(false)
    expect(seen.isFirst('b', at(1))).toBe(false)
    expect(seen.isFirst('a', at(1))).toBe(true)
  })
})
