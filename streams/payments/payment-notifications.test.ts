import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { to } from '#core/processor'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import {
  paymentNotifications,
  paymentNotificationsWith,
} from '#streams/payments/payment-notifications'
import { samplePayment } from '#streams/payments/samples'

const byKeeper = { headers: { 'corrente-unit': 'payment-keeper' } }
const { payer, payment: details, id, tenant_id } = samplePayment()
const complete = (changes: Partial<Payment> = {}): Payment =>
  samplePayment({
    status: 'COMPLETE',
    reason: 'Canone unico 2025',
    payer: { ...payer, email: 'luca.prova@body.example' },
    payment: {
      ...details,
      amount: 4205,
      paid_at: '2025-03-10T09:20:02+01:00',
      notice_code: null,
      iuv: null,
    },
    ...changes,
  })
const mailOf = (language: string, variables: object = {}) =>
  to(topics.notifications, {
    notification_id: `payment-completed:${id}`,
    tenant_id,
    channel: 'Email',
    email: { address: 'luca.prova@body.example' },
    template: 'payment-completed',
    template_version: 1,
    language,
    data: JSON.stringify({
      reason: 'Canone unico 2025',
      amount: '42.05 EUR',
      paid_at: '2025-03-10 09:20',
      reference: details.iud,
      ...variables,
    }),
    attachments: [],
  })

describe('payment-notifications', () => {
  it('asks for a mail to the payer of a payment that is complete, under the id of the payment', () => {
    drive(paymentNotifications).when(complete(), byKeeper).then(mailOf('it-IT'))
  })

  it('asks for none where payers are not mailed', () => {
    drive(paymentNotificationsWith(false)).when(complete(), byKeeper).then()
  })

  it.each(['PAYMENT_PENDING', 'PAYMENT_STARTED', 'EXPIRED', 'CANCELED'] as const)(
    'asks for none while it is %s',
    (status) => drive(paymentNotifications).when(complete({ status }), byKeeper).then(),
  )

  it('asks for none where the payment says no address: none is made up', () => {
    for (const email of [null, '']) {
      const nameless = complete({ payer: { ...payer, email } })
      drive(paymentNotifications).when(nameless, byKeeper).then()
    }
  })

  it('leaves the payers of other proxies to them', () => {
    drive(paymentNotifications).when(complete()).then()
    const headers = { 'corrente-unit': 'dues-importer' }
    drive(paymentNotifications).when(complete(), { headers }).then()
  })

  it('names the payment by what its payer knows it by', () => {
    const notice_code = '001000000000000031'
    const known = complete({ payment: { ...complete().payment, notice_code } })
    drive(paymentNotifications)
      .when(known, byKeeper)
      .then(mailOf('it-IT', { reference: notice_code }))
  })

  it.each([
    ['it', 'it-IT'],
    ['es', 'es-CO'],
    ['es-PE', 'es-PE'],
    ['pt_BR', 'pt-BR'],
    ['en-GB', 'en'],
    ['de', 'en'],
  ])('speaks to who applied in %s in %s', (locale, language) => {
    drive(paymentNotifications).when(complete({ locale }), byKeeper).then(mailOf(language))
  })

  it('has no amount where the payment has none', () => {
    const { emissions } = drive(paymentNotifications).when(
      complete({ payment: { ...complete().payment, amount: null } }),
      byKeeper,
    ).outcome
    expect(JSON.stringify(emissions)).toContain('\\"amount\\":\\"\\"')
  })
})
