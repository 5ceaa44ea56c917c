import { describe, expect, it } from 'vitest'
import { goneIn } from '#apps/platform/inspection/gone-units'

const ofUnit = (unit: string) => [`${unit}.dlq`, `${unit}.redrive`]

describe('units that are gone', () => {
  it('are those that left both their topics behind and are not declared any more', () => {
    const topics = [...ofUnit('payment-printer'), ...ofUnit('payment-dispatcher'), 'payments']
    expect(goneIn(topics)).toEqual(['payment-printer'])
  })

  it('are not made of what others call their dead letters', () => {
    expect(goneIn(['orders.dlq', 'shop.redrive', 'dlq'])).toEqual([])
  })
})
