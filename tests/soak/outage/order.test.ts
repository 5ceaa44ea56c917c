import { describe, expect, it } from 'vitest'
import { displacementMax, orderOf, type Waited } from '#tests/soak/outage/order'

const waited = (created: readonly number[], changes: Partial<Waited> = {}): Waited[] =>
  created.map((place, asked) => ({
    body: 'one',
    asked,
    created: place,
    wasTried: false,
    ...changes,
  }))

describe('the order of those that waited', () => {
  it('is kept where each was created before those asked for later', () => {
    expect(orderOf(waited([0, 1, 2, 3]))).toEqual({ overtakenMax: 0, tried: 0 })
  })

  it('is that of the one which most of its body overtook', () => {
    expect(orderOf(waited([0, 4, 1, 2, 3])).overtakenMax).toBe(3)
    expect(orderOf(waited([1, 0, 3, 2])).overtakenMax).toBe(1)
  })

  it('is no matter between bodies', () => {
    const all = [...waited([2, 3]), ...waited([0, 1], { body: 'another' })]
    expect(orderOf(all).overtakenMax).toBe(0)
  })

  it('leaves out and counts those that were tried in vain meanwhile', () => {
    const [first, ...rest] = waited([3, 0, 1, 2])
    expect(orderOf([{ ...first!, wasTried: true }, ...rest])).toEqual({ overtakenMax: 0, tried: 1 })
  })

  it('is nothing where nobody waited', () => {
    expect(orderOf([])).toEqual({ overtakenMax: 0, tried: 0 })
  })
})

describe('the largest displacement', () => {
  it('is how far a rank is from the rank asked in', () => {
    expect(displacementMax(waited([0, 1, 2]))).toBe(0)
    expect(displacementMax(waited([3, 0, 1, 2]))).toBe(3)
    expect(displacementMax(waited([10, 30, 20]))).toBe(1)
  })
})
