import { describe, expect, it } from 'vitest'
import { newSeenCallbacks } from '#connectors/external-page/seen-callbacks'

const at = (seconds: number) => new Date(1_741_594_800_000 + seconds * 1_000)

describe('callbacks that were taken', () => {
  it('are the first of their signature once', () => {
    const seen = newSeenCallbacks(600, 10)
    expect(seen.isFirst('a', at(0))).toBe(true)
    expect(seen.isFirst('b', at(1))).toBe(true)
    expect(seen.isFirst('a', at(600))).toBe(false)
  })

  it('are forgotten once their time is over', () => {
    const seen = newSeenCallbacks(600, 10)
    seen.isFirst('a', at(0))
    expect(seen.isFirst('a', at(601))).toBe(true)
  })

  it('are forgotten, the oldest first, where there are too many', () => {
    const seen = newSeenCallbacks(600, 2)
    for (const signature of ['a', 'b', 'c']) seen.isFirst(signature, at(0))
    expect(seen.isFirst('c', at(1))).toBe(false)
    expect(seen.isFirst('b', at(1))).toBe(false)
    expect(seen.isFirst('a', at(1))).toBe(true)
  })
})
