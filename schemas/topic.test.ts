import { describe, expect, expectTypeOf, it } from 'vitest'
import type { EmittedOf } from '#schemas/topic'
import {
  paymentFacts,
  payments,
  paymentsCurrent,
  reportedPayments,
  tenantConfigurations,
} from '#schemas/topics'

describe('a topic', () => {
  it('takes its key from the value', () => {
    expect(reportedPayments.key({ payment_id: 'p', status: 'COMPLETE' })).toBe('p')
    expect(paymentsCurrent.isKeyOutsideValue).toBe(true)
  })

  it('stamps events, and neither tables nor changelogs', () => {
    expect(payments.version).toBe('2.0')
    expect(paymentFacts.version).toBe('1.0')
    expect(tenantConfigurations.version).toBeUndefined()
    expect(reportedPayments.version).toBeUndefined()
  })

  it('asks a unit for the value without its envelope, and for all columns of a row', () => {
    expectTypeOf<EmittedOf<typeof payments>>().not.toHaveProperty('event_id')
    expectTypeOf<EmittedOf<typeof paymentsCurrent>>().toHaveProperty('event_id')
    expectTypeOf<EmittedOf<typeof paymentsCurrent>>().toHaveProperty('id')
    type Opened = Extract<EmittedOf<typeof paymentFacts>, { readonly type: 'Opened' }>
    expectTypeOf<Opened>().toHaveProperty('opened')
    expectTypeOf<Opened>().not.toHaveProperty('settled')
  })
})
