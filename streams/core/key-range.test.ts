import { describe, expect, it } from 'vitest'
import { compareKeys } from '#core/key-range'

const keys = ['', 'a', 'a/1', 'a1', 'ab', 'b', 'é', 'ﬀ', '￿', '😀', '😀a', '🚀', 'a😀', 'a￿']

describe('compareKeys', () => {
  it('orders keys as the bytes of their UTF-8 are ordered', () => {
    const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(keys.toSorted(compareKeys)).toEqual(byBytes)
    expect(keys.toReversed().toSorted(compareKeys)).toEqual(byBytes)
  })

  it('puts what lies beyond the basic plane last, which a comparison of strings does not', () => {
    expect('😀' < '￿').toBe(true)
    expect(compareKeys('😀', '￿')).toBeGreaterThan(0)
    expect(compareKeys('a', 'a')).toBe(0)
  })
})
