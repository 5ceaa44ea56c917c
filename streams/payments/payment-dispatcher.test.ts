import { describe, expect, it } from 'vitest'
import { drive, newIdOf } from '#core/drive'
import { type Emission, to } from '#core/processor'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import * as topics from '#schemas/topics'
import { paymentDispatcher } from '#streams/payments/payment-dispatcher'
import { sampleApplication, samplePayment, unstamped } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

const dispatcher = drive(paymentDispatcher)
const at = new Date('2025-03-10T08:15:02Z')
const payment_id = newIdOf(paymentDispatcher)
const application_id = sampleApplication().id
const dispatched = to(topics.dispatchedApplications, { application_id, payment_id })
const details = { ...samplePayment().payment, iud: payment_id.replaceAll('-', '') }
const created = (changes: Partial<typeof details> = {}) =>
  to(topics.payments, {
    ...unstamped(samplePayment()),
    id: payment_id,
    payment: { ...details, ...changes },
  })

describe('payment-dispatcher', () => {
  it('asks for the payment of an application that waits to be paid', () => {
    dispatcher.when(sampleApplication(), { at }).then(created(), dispatched)
  })

  it('writes the documented event, member by member', () => {
    const { outcome } = dispatcher.when(sampleApplication(), { at })
    const sample = readSample('payment-creation-pending')
    const envelope = {
      event_id: sample['event_id'],
      event_version: sample['event_version'],
      event_created_at: sample['event_created_at'],
      app_id: sample['app_id'],
    }
    const emitted = { ...(outcome.emissions[0]?.value as object), ...envelope }
    const json = codecOf('corrente.payments.Payment').toJson(emitted as never)
    expect(json).toEqual({
      ...sample,
      id: payment_id,
      payment: { ...(sample['payment'] as object), iud: payment_id.replaceAll('-', '') },
    })
    expect(outcome.emissions[0]?.key).toBe(sample['service_id'])
  })

  it('asks for one payment however often the application is told', () => {
    const written: Emission[] = []
    for (let i = 0; i < 10; i++) {
      const event_id = `00000000-0000-4000-8000-00000000000${i}`
      const { outcome } = dispatcher.given(...written).when(sampleApplication({ event_id }))
      written.push(...outcome.emissions)
    }
    expect(written.filter(({ topic }) => topic === 'payments')).toHaveLength(1)
  })

  it('asks for none where another dispatcher did before it took over', () => {
    const { id, ...payment } = samplePayment()
    const row = to(topics.paymentsCurrent, { id, ...toCurrent({ id, ...payment }) })
    dispatcher.given(row).when(sampleApplication()).then()
  })

  it('leaves applications in other states alone', () => {
    for (const status_name of ['status_draft', 'status_submitted', 'status_payment_success']) {
      dispatcher.when(sampleApplication({ status_name, payment_data: null })).then()
    }
  })
})
