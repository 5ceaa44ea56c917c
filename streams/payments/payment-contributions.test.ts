import { describe, expect, it } from 'vitest'
import { to } from '#core/processor'
import type { PaymentCurrent } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { paymentIn } from '#streams/payments/keeper-samples'
import {
  contributionsOf,
  type Counted,
  countedIn,
  countedOf,
} from '#streams/payments/payment-contributions'
import { toCurrent } from '#streams/payments/to-current'

const { id, tenant_id, service_id } = paymentIn('PAYMENT_PENDING')
const countedAs = (changes: Partial<PaymentCurrent> = {}) =>
  countedOf({ ...toCurrent(paymentIn('PAYMENT_PENDING')), ...changes })
const pending = { status: 'PAYMENT_PENDING', amount: 4250 }
const complete = { status: 'COMPLETE', amount: 4250 }
const day = '2025-03-10'
const now: Counted = { tenant_id, service_id, day, ...pending }
const contribution = (at: string, removed: typeof pending | null, added: typeof pending | null) =>
  to(topics.paymentContributions, {
    service_day: `${service_id}/${at}`,
    tenant_id,
    service_id,
    day: at,
    payment_id: id,
    removed,
    added,
  })

describe('what a payment counts as', () => {
  it('is one of its state and sum, for its service and the day of its creation', () => {
    expect(countedAs()).toEqual(now)
  })

  it.each([
    ['2025-03-10T23:30:00Z', '2025-03-11'],
    ['2025-03-11T00:59:59+02:00', '2025-03-10'],
    ['2025-07-10T22:00:00Z', '2025-07-11'],
  ])('is by the day in Rome: %s is %s', (created_at, rome) => {
    expect(countedAs({ created_at })).toEqual({ ...now, day: rome })
  })

  it('may be without a sum', () => {
    expect(countedAs({ payment_amount: null })).toEqual({ ...now, amount: null })
  })

  it('was, where only the state is known of it, what it is now but for that', () => {
    const row = { payment_id: id, event_created_at: '2025-03-10T09:15:02+01:00' }
    const unknown = { tenant_id: null, service_id: null, day: null, amount: null }
    const before = countedIn({ ...row, ...unknown, status: 'PAYMENT_STARTED' }, now)
    expect(before).toEqual({ ...now, status: 'PAYMENT_STARTED' })
    const known = { ...now, day: '2025-03-09', amount: 1 }
    expect(countedIn({ ...row, ...known }, now)).toEqual(known)
  })
})

describe('what a payment contributes', () => {
  it('is all of it where it is new', () => {
    expect(contributionsOf(id, undefined, now)).toEqual([contribution(day, null, pending)])
  })

  it('takes away what it added before', () => {
    const ended = { ...now, ...complete }
    expect(contributionsOf(id, now, ended)).toEqual([contribution(day, pending, complete)])
  })

  it('is nothing where neither state nor sum has changed', () => {
    expect(contributionsOf(id, now, { ...now })).toEqual([])
  })

  it('moves to the other day where its writer has corrected its creation', () => {
    expect(contributionsOf(id, now, { ...now, day: '2025-03-11' })).toEqual([
      contribution(day, pending, null),
      contribution('2025-03-11', null, pending),
    ])
  })
})
