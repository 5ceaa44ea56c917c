import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { paymentAt, type PaymentRoute, report } from '#apps/payment-proxy/desk'
import { isOpened, payable, type PaymentRow } from '#apps/payment-proxy/find-payment'
import { onwardPage } from '#apps/payment-proxy/onward-page'
import { addressesBehind } from '#apps/platform/payment-urls'
import { Problem } from '#apps/platform/problem'
import type { OnlinePayment } from '#ports/intermediary'
import type { Payer } from '#schemas/generated/types'

/** Sends the payer's browser to a page of the intermediary, a new one each time, once the fact is written. */
export const onlinePayment: PaymentRoute = {
  paths: ['/online-payment/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, { isAwaited: isOpened })
    const { status } = payment.row
    if (!payable.includes(status)) {
      throw new Problem(409, `the payment is ${status}; it is paid in ${payable.join(' or ')}`)
    }
    const intermediary = intermediaryOf(desk, payment)
    const asked = toOnlinePayment(payment.row, desk.connector.name)
    const { url } = await ask((signal) => intermediary.beginOnlinePayment(asked, signal))
    const page = onwardPage(desk, payment, 'online', url)
    await report(desk, payment, { type: 'OnlineOpened' })
    response.redirect(302, page)
  },
}

const toOnlinePayment = (row: PaymentRow, connector: string): OnlinePayment => ({
  iud: row.payment_iud,
  iuv: row.payment_iuv,
  amount: row.payment_amount,
  currency: row.payment_currency,
  expire_at: row.payment_expire_at,
  reason: row.reason,
  created_at: row.created_at,
  payer: payerIn(row),
  pagopa_category: row.payment_pagopa_category,
  document_hash: row.payment_document_hash,
  addresses: addressesBehind(row.online_payment_begin_url, connector, row.id),
})

const payerIn = (row: PaymentRow): Payer => ({
  type: row.payer_type as Payer['type'],
  tax_identification_number: row.payer_tax_identification_number,
  name: row.payer_name,
  family_name: row.payer_family_name,
  street_name: row.payer_street_name,
  building_number: row.building_number,
  postal_code: row.postal_code,
  town_name: row.town_name,
  country_subdivision: row.country_subdivision,
  country: row.country,
  email: row.email,
})
