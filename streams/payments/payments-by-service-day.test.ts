import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { remove, to } from '#core/processor'
import type { Contribution, ServiceDay } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { paymentsByServiceDay } from '#streams/payments/payments-by-service-day'
import { samplePayment } from '#streams/payments/samples'
import { emptyDay } from '#streams/payments/service-day'

const { id: payment_id, tenant_id, service_id } = samplePayment()
const day = '2025-03-10'
const id = `${service_id}/${day}`
const changed = (removed: Contribution | null, added: Contribution | null) => ({
  service_day: id,
  tenant_id,
  service_id,
  day,
  payment_id,
  removed,
  added,
  event_id: payment_id,
  event_version: '1.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'payment-index:0.1.0',
})
const row = (sums: Partial<ServiceDay>) => ({
  id,
  ...emptyDay({ tenant_id, service_id, day }),
  ...sums,
})
const written = (sums: Partial<ServiceDay>) => [
  to(topics.paymentsByServiceDay, row(sums)),
  to(topics.serviceDays, row(sums)),
]
const pending = { status: 'PAYMENT_PENDING', amount: 4250 }
const complete = { status: 'COMPLETE', amount: 4250 }
const byDay = drive(paymentsByServiceDay)
const twoPending = {
  payments_count: 2,
  amount_minor: 5000,
  payment_pending_count: 2,
  payment_pending_amount_minor: 5000,
}
const onePaid = {
  ...twoPending,
  payment_pending_count: 1,
  payment_pending_amount_minor: 750,
  complete_count: 1,
  complete_amount_minor: 4250,
}

describe('payments-by-service-day', () => {
  it('begins a day with its first payment', () => {
    byDay.when(changed(null, pending)).then(
      ...written({
        payments_count: 1,
        amount_minor: 4250,
        payment_pending_count: 1,
        payment_pending_amount_minor: 4250,
      }),
    )
  })

  it('takes a payment out of one state and puts it into another; the whole stays', () => {
    byDay
      .given(to(topics.serviceDays, row(twoPending)))
      .when(changed(pending, complete))
      .then(...written(onePaid))
  })

  it('counts a payment without a sum', () => {
    const more = { payments_count: 3, payment_pending_count: 3 }
    byDay
      .given(to(topics.serviceDays, row(twoPending)))
      .when(changed(null, { ...pending, amount: null }))
      .then(...written({ ...twoPending, ...more }))
  })

  it('removes a day whose last payment is counted on another', () => {
    const one = { payments_count: 1, amount_minor: 4250, payment_pending_count: 1 }
    byDay
      .given(to(topics.serviceDays, row({ ...one, payment_pending_amount_minor: 4250 })))
      .when(changed(pending, null))
      .then(remove(topics.paymentsByServiceDay, id), remove(topics.serviceDays, id))
  })

  it('is exact to the cent over many payments, whatever their order', () => {
    const amounts = Array.from({ length: 1_000 }, (_, i) => 1 + 10 * i)
    let sums: Partial<ServiceDay> = {}
    for (const amount of [...amounts, ...amounts.toReversed()]) {
      const isNew = (sums.payments_count ?? 0) < amounts.length
      const before = { status: 'PAYMENT_PENDING', amount }
      const record = isNew ? changed(null, before) : changed(before, { status: 'COMPLETE', amount })
      const { outcome } = byDay.given(to(topics.serviceDays, row(sums))).when(record)
      sums = outcome.emissions[0]!.value as ServiceDay
    }
    const total = amounts.reduce((sum, amount) => sum + amount, 0)
    expect(sums).toMatchObject({
      payments_count: 1_000,
      payment_pending_count: 0,
      payment_pending_amount_minor: 0,
      complete_count: 1_000,
      complete_amount_minor: total,
      amount_minor: total,
    })
  })
})
