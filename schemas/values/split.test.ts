import { expect, it } from 'vitest'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { splitCents } from '#schemas/values/split'

it.each([
  ['shares of the amount stay', 4250, [4000, 250], [4000, 250]],
  ['a zero share stays', 4250, [4250, 0], [4250, 0]],
  ['no shares stay none', 4250, [], []],
  ['the unknown share takes what the others leave', 4250, [4000, null], [4000, 250]],
  ['the only share, unknown, takes all', 4250, [null], [4250]],
  ['with an unknown share the others are no weights', 4250, [100, null], [100, 4150]],
  ['shares of 1.00 are weights, and no cent is lost', 1001, [33, 33, 34], [330, 330, 341]],
  ['shares of an amount of 1.00 are amounts', 100, [60, 40], [60, 40]],
])('%s', (_, amount, shares, cents) => {
  expect(splitCents(amount, shares)).toEqual(cents)
})

const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0)

/** Numbers that look random and are the same each time (xorshift). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    yield state >>> 0
  }
}

/** Whole shares above or at zero that add up to the total. */
function cut(total: number, count: number, next: () => number): number[] {
  const cuts = Array.from({ length: count - 1 }, () => next() % (total + 1)).sort((a, b) => a - b)
  return [...cuts, total].map((end, i) => end - (cuts[i - 1] ?? 0))
}

it('loses no cent of any amount, and takes each share to within a cent of its weight', () => {
  const source = numbers(20_251_128)
  const next = () => source.next().value
  for (let n = 0; n < 5_000; n++) {
    const amount = 1 + (next() % (n % 2 ? 1_000 : 999_999_999))
    const weights = cut(100, 1 + (next() % 9), next)
    const shares = splitCents(amount, weights)
    expect(sum(shares), `${amount} by ${weights.join()}`).toBe(amount)
    expect(shares).toHaveLength(weights.length)
    if (amount === 100) continue
    shares.forEach((share, i) => {
      expect(
        Math.abs(share - (amount * weights[i]!) / 100),
        `${amount} by ${weights.join()}`,
      ).toBeLessThan(1)
    })
  }
})

it('keeps amounts that add up, also where one of them is left unsaid', () => {
  const source = numbers(7)
  const next = () => source.next().value
  for (let n = 0; n < 2_000; n++) {
    const amount = 101 + (next() % 999_999)
    const shares = cut(amount, 1 + (next() % 6), next)
    expect(splitCents(amount, shares)).toEqual(shares)
    const at = next() % shares.length
    if (shares[at] === 0) continue
    const unsaid = shares.map((share, i) => (i === at ? null : share))
    expect(splitCents(amount, unsaid)).toEqual(shares)
  }
})

it.each([
  ['has several unknown shares', [4000, null, null]],
  ['has several unknown shares', [null, null]],
  ['leaves nothing for its unknown share', [4250, null]],
  ['leaves nothing for its unknown share', [4300, null]],
  ['has a share below zero', [4300, -50]],
  ['has a share below zero', [-1, null]],
  ['adds up neither to the amount nor to 1.00', [4000, 249]],
  ['adds up neither to the amount nor to 1.00', [0]],
])('a split that %s is none: %j', (reason, shares) => {
  expect(() => splitCents(4250, shares)).toThrow(new InvalidValueError(reason))
})
