import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import { to } from '#core/processor'
import type { NotifyLink, Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { paymentUpdater } from '#streams/payments/payment-updater'
import { samplePayment } from '#streams/payments/samples'

const updater = drive(paymentUpdater)
const { id, links, remote_id, tenant_id } = samplePayment()
const notify_url = links.notify?.[0]?.url as string
const endedAs = (status: Payment['status'], notify = links.notify) =>
  samplePayment({ status, links: { ...links, notify } })
const update = (status: 'OK' | 'KO', status_code: string, status_message: string) =>
  to(topics.applicationUpdates, {
    application_id: remote_id,
    payment_id: id,
    tenant_id,
    status,
    status_code,
    status_message,
    notify_url,
    notify_method: 'POST',
    transaction_id: null,
    held_until: null,
  })
const reported = (status: string) => to(topics.reportedPayments, { payment_id: id, status })
const ok = update('OK', 'COMPLETE', 'the payment is complete')

describe('payment-updater', () => {
  it.each([
    ['COMPLETE', ok],
    ['PAYMENT_FAILED', update('KO', 'PAYMENT_FAILED', 'the payment failed')],
    ['CREATION_FAILED', update('KO', 'CREATION_FAILED', 'the payment could not be created')],
  ] as const)('hands on that a payment is %s', (status, emission) => {
    updater.when(endedAs(status)).then(emission, reported(status))
  })

  it('hands it on once, however many versions follow', () => {
    updater.given(reported('COMPLETE')).when(endedAs('COMPLETE')).then()
    updater.given(reported('CREATION_FAILED')).when(endedAs('CREATION_FAILED')).then()
  })

  it('lets an OK follow a KO, and nothing an OK', () => {
    updater
      .given(reported('PAYMENT_FAILED'))
      .when(endedAs('COMPLETE'))
      .then(ok, reported('COMPLETE'))
    updater.given(reported('COMPLETE')).when(endedAs('PAYMENT_FAILED')).then()
  })

  it('tells every endpoint that takes a POST', () => {
    const another = { url: 'https://elsewhere.example/outcome', method: 'POST', sent_at: null }
    const get = { ...another, method: 'GET' }
    const notify = [...(links.notify as NotifyLink[]), another, get]
    const second = { ...(ok.value as object), notify_url: another.url }
    updater
      .when(endedAs('COMPLETE', notify))
      .then(ok, to(topics.applicationUpdates, second as never), reported('COMPLETE'))
  })

  it('says nothing of other states, nor where nobody asked', () => {
    for (const status of ['PAYMENT_PENDING', 'EXPIRED', 'CANCELED', 'PAYMENT_CONFIRMED'] as const) {
      updater.when(endedAs(status)).then()
    }
    for (const notify of [null, []]) updater.when(endedAs('COMPLETE', notify)).then()
  })
})
