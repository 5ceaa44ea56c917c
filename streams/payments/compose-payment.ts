import { RejectedError } from '#core/errors'
import type { Application, Links, Payment, PaymentDetails } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { payerOf } from '#streams/payments/payer-of'
import { cutReason, defaultReason } from '#streams/payments/payment-reason'
import { splitShares } from '#streams/payments/split-shares'

const link = { url: null, last_opened_at: null, method: 'GET' } as const

/**
 * The payment an application asks for, to be created at its intermediary. A missing reason becomes
 * `<application id> - <tax code>`. Throws RejectedError naming what the application lacks: no-payment-data,
 * no-amount, amount-not-positive, split-does-not-add-up, no-expiry, no-notify, no-landing, and payerOf's;
 * stamps-unsupported where it asks for digital revenue stamps, which would stay unpaid.
 */
export function composePayment(
  application: Application,
  { id, created_at }: Pick<Payment, 'id' | 'created_at'>,
): Unstamped<Payment> {
  const { payment_data } = application
  if (payment_data === null) throw lacks('no-payment-data', 'payment data')
  if (payment_data.stamps.length > 0) {
    throw new RejectedError('stamps-unsupported', 'the application asks for digital revenue stamps')
  }
  const payer = payerOf(application)
  return {
    id,
    user_id: application.user,
    type: 'PAGOPA',
    tenant_id: application.tenant_id,
    service_id: application.service_id,
    created_at,
    updated_at: created_at,
    status: 'CREATION_PENDING',
    reason: cutReason(
      payment_data.reason?.trim() || defaultReason(application.id, payer.tax_identification_number),
    ),
    remote_id: application.id,
    payment: detailsOf(id, payment_data),
    links: linksOf(payment_data),
    payer,
    debtor: null,
    locale: application.locale,
  }
}

type PaymentData = NonNullable<Application['payment_data']>

function detailsOf(id: string, { amount, expire_at, split }: PaymentData): PaymentDetails {
  if (amount === null) throw lacks('no-amount', 'an amount')
  if (amount <= 0) throw new RejectedError('amount-not-positive', 'the amount is not above zero')
  if (expire_at === null) throw lacks('no-expiry', 'a deadline for the payment')
  return {
    transaction_id: null,
    paid_at: null,
    expire_at,
    amount,
    currency: 'EUR',
    notice_code: null,
    iud: id.replaceAll('-', ''),
    iuv: null,
    split: splitShares(split, amount),
    type: null,
    receiver: null,
    due_type: null,
    pagopa_category: null,
    document: null,
  }
}

function linksOf({ notify, landing }: PaymentData): Links {
  if (!notify?.url) throw lacks('no-notify', 'an address that takes the outcome')
  if (!landing?.url) throw lacks('no-landing', 'an address where the payer lands')
  return {
    online_payment_begin: link,
    online_payment_landing: { ...link, url: landing.url, method: landing.method ?? 'GET' },
    offline_payment: link,
    receipt: link,
    notify: [{ url: notify.url, method: notify.method ?? 'POST', sent_at: null }],
    update: { url: null, last_check_at: null, next_check_at: null, method: 'GET' },
    confirm: null,
    cancel: null,
  }
}

const lacks = (code: string, what: string) =>
  new RejectedError(code, `the application lacks ${what}`)
