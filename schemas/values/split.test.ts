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
  ['shares of 1.00 are weights, and no cent is lost', 1001, [33, 33, 34], [331, 330, 340]],
  ['shares of an amount of 1.00 are amounts', 100, [60, 40], [60, 40]],
])('%s', (_, amount, shares, cents) => {
  expect(splitCents(amount, shares)).toEqual(cents)
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
