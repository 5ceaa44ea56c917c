import type {
  Links,
  Payer,
  Payment,
  PaymentCurrent,
  PaymentDetails,
} from '#schemas/generated/types'

/**
 * The flat row of a payment, column by column as the platform reads `payments_detail`, then those that only proxies
 * read; the id is its key.
 */
export function toCurrent(payment: Payment): PaymentCurrent {
  return {
    user_id: payment.user_id,
    type: payment.type,
    tenant_id: payment.tenant_id,
    service_id: payment.service_id,
    created_at: payment.created_at,
    updated_at: payment.updated_at,
    status: payment.status,
    reason: payment.reason,
    remote_id: payment.remote_id,
    ...detailColumns(payment.payment),
    ...linkColumns(payment.links),
    ...payerColumns(payment.payer),
    event_id: payment.event_id,
    event_version: payment.event_version,
    event_created_at: payment.event_created_at,
    app_id: payment.app_id,
    payment_pagopa_category: payment.payment.pagopa_category,
    payment_document_hash: payment.payment.document?.hash ?? null,
  }
}

const detailColumns = (details: PaymentDetails) => ({
  payment_transaction_id: details.transaction_id,
  payment_paid_at: details.paid_at,
  payment_expire_at: details.expire_at,
  payment_amount: details.amount,
  payment_currency: details.currency,
  payment_notice_code: details.notice_code,
  payment_iud: details.iud,
  payment_iuv: details.iuv,
})

const linkColumns = ({
  online_payment_begin,
  online_payment_landing,
  offline_payment,
  receipt,
  update,
}: Links) => ({
  online_payment_begin_url: online_payment_begin.url,
  online_payment_begin_last_opened_at: online_payment_begin.last_opened_at,
  online_payment_begin_method: online_payment_begin.method,
  online_payment_landing_url: online_payment_landing.url,
  online_payment_landing_last_opened_at: online_payment_landing.last_opened_at,
  online_payment_landing_method: online_payment_landing.method,
  offline_payment_url: offline_payment.url,
  offline_payment_last_opened_at: offline_payment.last_opened_at,
  offline_payment_method: offline_payment.method,
  receipt_url: receipt.url,
  receipt_last_opened_at: receipt.last_opened_at,
  receipt_method: receipt.method,
  update_url: update.url,
  update_last_check_at: update.last_check_at,
  update_next_check_at: update.next_check_at,
  update_method: update.method,
})

const payerColumns = (payer: Payer) => ({
  payer_type: payer.type,
  payer_tax_identification_number: payer.tax_identification_number,
  payer_name: payer.name,
  payer_family_name: payer.family_name,
  payer_street_name: payer.street_name,
  building_number: payer.building_number,
  postal_code: payer.postal_code,
  town_name: payer.town_name,
  country_subdivision: payer.country_subdivision,
  country: payer.country,
  email: payer.email,
})
