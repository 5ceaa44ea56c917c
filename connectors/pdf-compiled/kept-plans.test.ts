import { beforeEach, expect, it } from 'vitest'
import { keptPlans } from '#connectors/pdf-compiled/kept-plans'
import type { Plan } from '#connectors/pdf-compiled/plan'

const made: number[] = []
beforeEach(() => void (made.length = 0))

/** Plans of as many objects as the shape says, of which twenty are kept. */
const plans = () =>
  keptPlans(([objects = 0]) => {
    made.push(objects)
    return { last: objects } as Plan
  }, 20)

it('makes the plan of a shape once', () => {
  const planFor = plans()
  expect(planFor([5])).toBe(planFor([5]))
  planFor([5, 1])
  expect(made).toEqual([5, 5])
})

it('forgets those used longest ago where all are too large', () => {
  const planFor = plans()
  for (const objects of [8, 9, 8, 7, 8, 9]) planFor([objects])
  // The third, which made it 24, was made when the second was the one used longest ago.
  expect(made).toEqual([8, 9, 7, 9])
})

it('keeps the last one, however large', () => {
  const planFor = plans()
  for (const objects of [8, 90, 90, 8]) planFor([objects])
  expect(made).toEqual([8, 90, 8])
})
