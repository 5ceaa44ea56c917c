import { expect, it } from 'vitest'
import { zipfOf } from '#tests/bench/debits/zipf'

it('draws each as often as its rank says', () => {
  // Of three at exponent 1 the shares are 6/11, 3/11 and 2/11.
  const drawn = (random: number) => zipfOf(3, 1, () => random)()
  expect([0, 0.545, 0.546, 0.818, 0.819, 0.999_999].map(drawn)).toEqual([0, 0, 1, 1, 2, 2])
})

it('gives the first of 10,000 cards about fifteen in a hundred at 1.1', () => {
  let next = 0
  const draw = zipfOf(10_000, 1.1, () => (next++ % 100_000) / 100_000)
  const drawn = Array.from({ length: 100_000 }, draw)
  const first = drawn.filter((n) => n === 0).length
  expect(first / drawn.length).toBeCloseTo(0.151, 2)
  expect(Math.max(...drawn)).toBeGreaterThan(9_900)
  expect(Math.max(...drawn)).toBeLessThan(10_000)
})
