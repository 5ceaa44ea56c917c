import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import { to } from '#core/processor'
import type { CountedPayment, PaymentCurrent } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { paymentIn } from '#streams/payments/keeper-samples'
import { paymentTally } from '#streams/payments/payment-tally'
import { toCurrent } from '#streams/payments/to-current'

const { id, tenant_id, service_id } = paymentIn('PAYMENT_PENDING')
const rowOf = (changes: Partial<PaymentCurrent> = {}) => ({
  id,
  ...toCurrent(paymentIn('PAYMENT_PENDING')),
  ...changes,
})
const counted = (changes: Partial<CountedPayment> = {}): CountedPayment => ({
  payment_id: id,
  tenant_id,
  service_id,
  day: '2025-03-10',
  status: 'PAYMENT_PENDING',
  amount: 4250,
  ...changes,
})
const pending = { status: 'PAYMENT_PENDING', amount: 4250 }
const complete = { status: 'COMPLETE', amount: 4250 }
const contribution = (day: string, removed: typeof pending | null, added: typeof pending | null) =>
  to(topics.paymentContributions, {
    service_day: `${service_id}/${day}`,
    tenant_id,
    service_id,
    day,
    payment_id: id,
    removed,
    added,
  })
const tally = drive(paymentTally)
const tallied = tally.given(to(topics.countedPayments, counted()))

describe('payment-tally', () => {
  it('adds a payment that is new', () => {
    tally
      .when(rowOf())
      .then(contribution('2025-03-10', null, pending), to(topics.countedPayments, counted()))
  })

  it('takes away what a payment added before, and adds what it is now', () => {
    tallied
      .when(rowOf({ status: 'COMPLETE' }))
      .then(
        contribution('2025-03-10', pending, complete),
        to(topics.countedPayments, counted({ status: 'COMPLETE' })),
      )
  })

  it('says nothing where neither state nor sum has changed', () => {
    tallied.when(rowOf({ update_last_check_at: '2025-03-10T10:00:00+01:00' })).then()
  })

  it('moves a payment whose writer has corrected its creation to the other day', () => {
    const day = '2025-03-11'
    tallied
      .when(rowOf({ created_at: '2025-03-11T09:15:02+01:00' }))
      .then(
        contribution('2025-03-10', pending, null),
        contribution(day, null, pending),
        to(topics.countedPayments, counted({ day })),
      )
  })

  it.each([
    ['2025-03-10T23:30:00Z', '2025-03-11'],
    ['2025-03-11T00:59:59+02:00', '2025-03-10'],
    ['2025-07-10T22:00:00Z', '2025-07-11'],
  ])('counts by the day in Rome: %s is %s', (created_at, day) => {
    tally
      .when(rowOf({ created_at }))
      .then(contribution(day, null, pending), to(topics.countedPayments, counted({ day })))
  })

  it('counts a payment without a sum', () => {
    const nothing = { status: 'PAYMENT_PENDING', amount: null }
    tally
      .when(rowOf({ payment_amount: null }))
      .then(
        contribution('2025-03-10', null, nothing as never),
        to(topics.countedPayments, counted({ amount: null })),
      )
  })
})
