import { defineProcessor, to } from '#core/processor'
import type { ApplicationUpdateStatus, PaymentStatus } from '#schemas/generated/types'
import * as topics from '#schemas/topics'

/**
 * OK ends the application's waiting, KO ends the application: there is no road back. A failed creation is KO
 * too, unless it is tried again in time, because nothing else will ever end that application. EXPIRED and CANCELED leave it waiting for a person.
 */
const outcomes: Partial<
  Record<PaymentStatus, { status: Exclude<ApplicationUpdateStatus, 'RETRY'>; message: string }>
> = {
  COMPLETE: { status: 'OK', message: 'the payment is complete' },
  PAYMENT_FAILED: { status: 'KO', message: 'the payment failed' },
  CREATION_FAILED: { status: 'KO', message: 'the payment could not be created' },
}

/** Hands on how a payment ended, once per payment and state, to each endpoint that asked; nothing follows an OK. */
export const paymentUpdater = defineProcessor({
  name: 'payment-updater',
  input: topics.payments,
  outputs: [topics.applicationUpdates],
  state: topics.reportedPayments,

  handle({ id, tenant_id, remote_id, status, payment, links }, { state }) {
    const outcome = outcomes[status]
    const reported = state.get(id)?.status
    if (!outcome || reported === status || reported === 'COMPLETE') return []

    const targets = links.notify?.filter(({ url, method }) => url && method === 'POST') ?? []
    if (targets.length === 0) return []
    return [
      ...targets.map(({ url, method }) =>
        to(topics.applicationUpdates, {
          application_id: remote_id,
          payment_id: id,
          tenant_id,
          status: outcome.status,
          status_code: status,
          status_message: outcome.message,
          notify_url: url,
          notify_method: method,
          transaction_id: payment.transaction_id,
          held_until: null,
        }),
      ),
      to(topics.reportedPayments, { payment_id: id, status }),
    ]
  },
})
