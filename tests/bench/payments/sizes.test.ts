import { describe, expect, it } from 'vitest'
import { sizesAt, sizesFull, smallerThanFull } from '#tests/bench/payments/sizes'

describe('sizes', () => {
  it('are those the bars are meant for, unless a share is asked for', () => {
    expect(sizesAt(1)).toEqual(sizesFull)
    expect(sizesAt(0.01)).toMatchObject({ rows: 10_000, due: 100, payments: 1_000, seconds: 5 })
  })

  it('that are smaller are told', () => {
    expect(smallerThanFull(sizesAt(0.01), ['rows', 'due'])).toBe(
      '10,000 of 1,000,000 rows, 100 of 2,000 due',
    )
    expect(smallerThanFull(sizesFull, ['rows', 'due'])).toBeUndefined()
  })
})
