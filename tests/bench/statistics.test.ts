import { describe, expect, it } from 'vitest'
import { interpolated, median, percentile, spread } from '#tests/bench/statistics'

describe('the median', () => {
  it('is the middle one, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([100, 9, 20])).toBe(20)
  })

  it('is between the two in the middle where the count is even', () => {
    expect(median([4, 1, 2, 9])).toBe(3)
  })

  it('leaves what it was given in place', () => {
    const numbers = [3, 1, 2]
    median(numbers)
    expect(numbers).toEqual([3, 1, 2])
  })

  it('of nothing is an error, not a zero', () => {
    expect(() => median([])).toThrow('no number was measured')
  })
})

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)

  it('is a number that was measured', () => {
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile([7, 8], 0.99)).toBe(8)
  })

  it('at its ends is the smallest and the largest', () => {
    expect(percentile(hundred, 0)).toBe(1)
    expect(percentile(hundred, 1)).toBe(100)
  })
})

it('the spread is the smallest and the largest', () => {
  expect(spread([3, 10, 2])).toEqual([2, 10])
})

describe('a value between two points', () => {
  const points = [
    { at: 10, value: 100 },
    { at: 20, value: 200 },
    { at: 40, value: 220 },
  ]

  it('lies on the line between them', () => {
    expect(interpolated(points, 15)).toBe(150)
    expect(interpolated(points, 30)).toBe(210)
    expect(interpolated(points, 20)).toBe(200)
  })

  it('beyond the ends is that of the end', () => {
    expect(interpolated(points, 1)).toBe(100)
    expect(interpolated(points, 99)).toBe(220)
  })
})
