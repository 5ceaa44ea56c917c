import { expect, it } from 'vitest'
import { CallLimits } from '#core/call-limits'

it('leaves room for so many calls in all, and for so many to one party', () => {
  const limits = new CallLimits(3, 2)
  limits.begin('a')
  limits.begin('a')
  expect([limits.hasRoom, limits.hasRoomFor('a'), limits.hasRoomFor('b')]).toEqual([
    true,
    false,
    true,
  ])
  limits.begin(null)
  expect([limits.hasRoom, limits.hasRoomFor('b'), limits.hasRoomFor(null)]).toEqual([
    false,
    false,
    false,
  ])
  limits.end('a')
  expect([limits.hasRoomFor('a'), limits.hasRoomFor(null)]).toEqual([true, true])
})
