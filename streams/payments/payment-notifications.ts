import { defineProcessor, to } from '#core/processor'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatMinorUnits } from '#schemas/values/minor-units'
import { paymentKeeper } from '#streams/payments/payment-keeper'

/**
 * Asks that the payer of a payment of ours gets a mail once it is complete, where the payment says an address. Later
 * versions ask again under the same id, which is one mail. Where payers are not mailed it passes them all by, so that who
 * is mailed one day is not told of all that was paid before.
 */
export const paymentNotificationsWith = (arePayersMailed: boolean) =>
  defineProcessor({
    name: 'payment-notifications',
    input: topics.payments,
    outputs: [topics.notifications],

    handle(payment, { headers }) {
      const { id, tenant_id, status, locale, payer } = payment
      const isOurs = headers['corrente-unit'] === paymentKeeper.name
      if (!arePayersMailed || status !== 'COMPLETE' || !isOurs || !payer.email) return []
      return [
        to(topics.notifications, {
          notification_id: `payment-completed:${id}`,
          tenant_id,
          channel: 'Email',
          email: { address: payer.email },
          template: 'payment-completed',
          template_version: 1,
          language: languageOf(locale),
          data: JSON.stringify(variablesOf(payment)),
          attachments: [],
        }),
      ]
    },
  })

/** As it is where payers are mailed. */
export const paymentNotifications = paymentNotificationsWith(true)

/** The language of the mail, by that of the application: `it`, `es-CO`, `pt_BR`. */
const languages: Readonly<Record<string, string>> = {
  it: 'it-IT',
  es: 'es-CO',
  'es-pe': 'es-PE',
  pt: 'pt-BR',
  en: 'en',
}

function languageOf(locale: string | null): string {
  const tag = (locale ?? 'it').toLowerCase().replace('_', '-')
  return languages[tag] ?? languages[tag.split('-')[0]!] ?? 'en'
}

function variablesOf({ reason, updated_at, payment }: Payment) {
  const { amount, currency, paid_at, notice_code, iuv, iud } = payment
  return {
    reason: reason ?? '',
    amount: amount === null ? '' : `${formatMinorUnits(amount, currency)} ${currency}`,
    paid_at: (paid_at ?? updated_at).slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' '),
    reference: notice_code ?? iuv ?? iud,
  }
}
