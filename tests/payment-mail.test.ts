import { expect, it } from 'vitest'
import { drive } from '#core/drive'
import type { Mail } from '#ports/mail'
import type { Notification } from '#schemas/generated/types'
import { handOver } from '#streams/notifications/hand-over'
import { paymentNotifications } from '#streams/payments/payment-notifications'
import { samplePayment } from '#streams/payments/samples'

it('what payments ask for is what the template of the mail wants', async () => {
  const { payer } = samplePayment()
  const address = 'luca.prova@body.example'
  const complete = samplePayment({ status: 'COMPLETE', payer: { ...payer, email: address } })
  const headers = { 'corrente-unit': 'payment-keeper' }
  const { emissions } = drive(paymentNotifications).when(complete, { headers }).outcome
  const notification = {
    ...(emissions[0]!.value as Notification),
    event_created_at: '2025-03-10T09:15:02+01:00',
  }
  const mails: Mail[] = []
  const receivers = {
    mailServer: { send: async (mail: Mail) => void mails.push(mail) },
    webhooks: { post: () => Promise.reject(new Error('never called')) },
    attachments: { bytesOf: () => Promise.reject(new Error('never called')) },
  }
  await handOver(receivers, notification, new AbortController().signal)
  expect(mails).toMatchObject([
    { address, language: 'it-IT', subject: `Pagamento ricevuto: ${complete.reason}` },
  ])
  expect(mails[0]!.text).toContain('Importo: 42.50 EUR')
})
