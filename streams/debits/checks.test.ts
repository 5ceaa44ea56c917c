import { describe, expect, it } from 'vitest'
import { isAmount, percentOf } from '#streams/debits/checks'

describe('an amount', () => {
  it.each([1, 2, 999_999_999_999_999])('may be %s', (amount) => {
    expect(isAmount(amount)).toBe(true)
  })

  it.each([0, -0, -1, 0.5, 0.001, 1e15, 2 ** 53 - 1, 2 ** 53, Infinity, NaN])(
    'is not %s',
    (amount) => {
      expect(isAmount(amount)).toBe(false)
    },
  )
})

describe('a percentage', () => {
  it('is whole units, rounded down, and exact where amount times percent is not', () => {
    expect([0, 1, 6, 7, 99, 100, 101].map((amount) => percentOf(amount, 15))).toEqual([
      0, 0, 0, 1, 14, 15, 15,
    ])
    const most = Number.MAX_SAFE_INTEGER
    for (const percent of [0, 1, 15, 33, 99, 100]) {
      expect(percentOf(most, percent)).toBe(Number((BigInt(most) * BigInt(percent)) / 100n))
    }
  })
})
