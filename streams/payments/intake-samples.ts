import { drive, now } from '#core/drive'
import { to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import type { Payment, PaymentFactRefused } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { paymentIntake } from '#streams/payments/payment-intake'
import { urls } from '#streams/payments/keeper-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

export const connectorOf = (
  name: string,
  composeOpening: IntermediaryConnector['composeOpening'] = (payment, configuration) =>
    JSON.stringify({ iud: payment.payment.iud, ...configuration }),
): IntermediaryConnector => ({
  name,
  forms: {},
  composeOpening,
  connect: () => {
    throw new Error('never called: the intake is pure')
  },
})
export const connectors = [connectorOf('examplepay'), connectorOf('otherpay')]
export const urlsOf: UrlsOf = () => ({ addresses: { landing: '', notify: '' }, links: urls })
export const intake = drive(paymentIntake(connectors, urlsOf))
export const configured = intake.given(tenantRow(), serviceRow())
export const occurred_at = formatDateTime(now)
export const payment_id = samplePayment().id
export const versions = {
  connector: 'examplepay',
  tenant_configuration_version: 3,
  service_configuration_version: 5,
}
export const seen = (payment: Payment, is_echo = false) =>
  to(topics.paymentSeen, { payment_id, payment, source_partition: 0, source_offset: 7, is_echo })
export const received = (payment: Payment) =>
  to(topics.paymentFacts, {
    payment_id,
    occurred_at,
    type: 'Received',
    received: { payment, ...versions },
  })
export const refused = (told: PaymentFactRefused) =>
  to(topics.paymentFacts, { payment_id, occurred_at, type: 'Refused', refused: told })
export const row = to(topics.receivedPayments, { payment_id, received_at: occurred_at })
const { iud } = samplePayment().payment
export const { tenant_id, service_id } = samplePayment()
export const opening = to(topics.paymentOpenings, {
  payment_id,
  tenant_id,
  service_id,
  iud,
  request: `{"iud":"${iud}","tenant":{"base_url":"http://127.0.0.1:9"},"service":{"due_type":"CANONE"}}`,
  ...versions,
})
export const created = samplePayment()
export const rowsOf = (connector: string) => [
  tenantRow({ id: `${connector}/${tenant_id}`, connector }),
  serviceRow({ id: `${connector}/${service_id}`, connector }),
]
export const imported = samplePayment({ status: 'PAYMENT_PENDING' })
export const adopted = (changes: Partial<Payment['links']> = {}): Payment => {
  const { links } = imported
  return {
    ...imported,
    links: {
      ...links,
      online_payment_begin: { ...links.online_payment_begin, url: urls.online_payment_begin },
      offline_payment: { ...links.offline_payment, url: urls.offline_payment },
      receipt: { ...links.receipt, url: urls.receipt },
      update: { ...links.update, url: urls.update },
      ...changes,
    },
  }
}
