import { expect, it } from 'vitest'
import { applicationOfEither, isOfLiving } from '#tests/bench/connectors/two-bodies'

it('applications are of two bodies in turn, and of all their services', () => {
  const made = Array.from({ length: 24 }, (_, n) => applicationOfEither(n))
  const of = (isLiving: boolean) => made.filter((_, n) => isOfLiving(n) === isLiving)
  for (const one of [of(true), of(false)]) {
    expect(one).toHaveLength(12)
    expect(new Set(one.map(({ tenant_id }) => tenant_id)).size).toBe(1)
    expect(new Set(one.map(({ service_id }) => service_id)).size).toBe(6)
  }
  expect(new Set(made.map(({ id }) => id)).size).toBe(24)
  expect(new Set(made.map(({ service_id }) => service_id)).size).toBe(12)
})
