import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { remove, to } from '#core/processor'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { contributionsOf, countedOf } from '#streams/payments/payment-contributions'
import { paymentIndex } from '#streams/payments/payment-index'
import { isFinal } from '#streams/payments/payment-lifecycle'
import { samplePayment } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'
import { toOpen } from '#streams/payments/to-open'

const index = drive(paymentIndex)
const envelope = { event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04', event_version: '1.0' }
const seen = (payment: Payment) => ({
  payment_id: payment.id,
  payment,
  source_partition: 0,
  source_offset: 1,
  is_echo: false,
  ...envelope,
  event_created_at: payment.event_created_at,
  app_id: 'payment-intake:0.1.0',
})
const at = '2025-03-10T09:15:02+01:00'
const atInstant = '2025-03-10T08:15:02Z'
const before = '2025-03-10T08:15:01Z'
const payment = (status: Payment['status'], event_created_at = at) =>
  samplePayment({ status, event_created_at })
const indexed = (value: Payment) => {
  const { id, event_created_at } = value
  return to(topics.indexedPayments, { payment_id: id, event_created_at, ...countedIn(value) })
}
const countedIn = (value: Payment) => countedOf(toCurrent(value))
/** What is emitted of a version, after another or as the first. */
const written = (value: Payment, before?: Payment) => {
  const { id } = value
  const current = { id, ...toCurrent(value) }
  return [
    to(topics.paymentsCurrent, current),
    isFinal(value.status)
      ? remove(topics.paymentsOpen, id)
      : to(topics.paymentsOpen, { id, ...toOpen(current) }),
    ...contributionsOf(id, before && countedIn(before), countedIn(value)),
    indexed(value),
  ]
}

describe('payment-index', () => {
  it('T7: writes the first version it sees, whatever its state', () => {
    const value = payment('PAYMENT_STARTED')
    index.when(seen(value)).then(...written(value))
  })

  it('writes nothing of what others say of a payment of ours', () => {
    index.when({ ...seen(payment('COMPLETE')), is_echo: true }).then()
  })

  it('goes forward in the lifecycle, also by an event with an earlier time', () => {
    const pending = payment('PAYMENT_PENDING')
    const value = payment('COMPLETE', before)
    index
      .given(indexed(pending))
      .when(seen(value))
      .then(...written(value, pending))
  })

  it('never goes backwards, also by an event with a later time', () => {
    const late = payment('PAYMENT_STARTED', '2025-03-11T09:15:02+01:00')
    index
      .given(indexed(payment('COMPLETE')))
      .when(seen(late))
      .then()
    index
      .given(indexed(payment('PAYMENT_STARTED')))
      .when(seen(payment('PAYMENT_PENDING')))
      .then()
  })

  it('takes the same state anew unless it is older as an instant', () => {
    const pending = payment('PAYMENT_PENDING')
    const row = indexed(pending)
    const value = payment('PAYMENT_PENDING', atInstant)
    index
      .given(row)
      .when(seen(value))
      .then(...written(value, pending))
    index
      .given(row)
      .when(seen(payment('PAYMENT_PENDING', before)))
      .then()
  })

  it.each(['COMPLETE', 'CREATION_FAILED', 'CANCELED', 'EXPIRED', 'PAYMENT_FAILED'] as const)(
    'takes an ended payment from those that are open: %s',
    (status) => {
      const { outcome } = index.when(seen(payment(status)))
      expect(outcome.emissions).toContainEqual(remove(topics.paymentsOpen, payment(status).id))
    },
  )

  it.each(['PAYMENT_STARTED', 'PAYMENT_CONFIRMED', 'NOTIFICATION_PENDING'] as const)(
    'keeps it among them while it is %s, which is no end',
    (status) => {
      const { outcome } = index.when(seen(payment(status)))
      const { id } = payment(status)
      const open = expect.objectContaining({ id, status }) as unknown
      expect(outcome.emissions).toContainEqual({
        topic: topics.paymentsOpen.name,
        key: id,
        value: open,
      })
    },
  )

  it('keeps the first final state', () => {
    const late = payment('EXPIRED', '2025-03-11T09:15:02+01:00')
    index
      .given(indexed(payment('COMPLETE')))
      .when(seen(late))
      .then()
  })
})
