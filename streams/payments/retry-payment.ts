import type { ApplicationUpdate, KeptPayment, Links, Payment } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { type Decision, type FactOf, anomaly, unchanged } from '#streams/payments/decision'

/**
 * Asks that a failed creation is tried again. Whether it is too late is not decided here: whoever tells the
 * application that it failed, which ends it, says which came first.
 */
export function retryRequested(kept: KeptPayment, fact: FactOf<'RetryRequested'>): Decision {
  const { payment, retry_payment_id } = kept
  if (payment.status !== 'CREATION_FAILED') {
    const message = `a payment that is ${payment.status} is not tried again`
    return anomaly(kept, fact, { kind: 'retry-refused', message })
  }
  return retry_payment_id === null ? { ...unchanged, updates: [retryOf(payment)] } : unchanged
}

const retryOf = ({ id, tenant_id, remote_id, links }: Payment): Unstamped<ApplicationUpdate> => ({
  application_id: remote_id,
  payment_id: id,
  tenant_id,
  status: 'RETRY',
  status_code: 'RETRY',
  status_message: 'the creation of the payment is to be tried again',
  notify_url: links.notify?.[0]?.url ?? '',
  notify_method: links.notify?.[0]?.method ?? 'POST',
  transaction_id: null,
  held_until: null,
})

/** Writes the payment that takes the place of the failed one: the same request under an id of its own, once. */
export function retried(kept: KeptPayment, fact: FactOf<'Retried'>): Decision {
  const { retry_payment_id } = fact.retried
  if (kept.payment.status !== 'CREATION_FAILED' || kept.retry_payment_id !== null) return unchanged
  return {
    ...unchanged,
    kept: { ...kept, retry_payment_id },
    versions: [createdAgain(kept.payment, retry_payment_id, fact.occurred_at)],
  }
}

const createdAgain = (payment: Payment, id: string, created_at: string): Payment => ({
  ...payment,
  id,
  created_at,
  updated_at: created_at,
  status: 'CREATION_PENDING',
  payment: {
    ...payment.payment,
    transaction_id: null,
    paid_at: null,
    notice_code: null,
    iud: id.replaceAll('-', ''),
    iuv: null,
  },
  links: unopened(payment.links),
})

const unopened = (links: Links): Links => ({
  ...links,
  online_payment_begin: { ...links.online_payment_begin, url: null, last_opened_at: null },
  online_payment_landing: { ...links.online_payment_landing, last_opened_at: null },
  offline_payment: { ...links.offline_payment, url: null, last_opened_at: null },
  receipt: { ...links.receipt, url: null, last_opened_at: null },
  notify: links.notify?.map((target) => ({ ...target, sent_at: null })) ?? null,
  update: { ...links.update, url: null, last_check_at: null, next_check_at: null },
})
