import { defineProcessor, to } from '#core/processor'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { composePayment } from '#streams/payments/compose-payment'

/**
 * Asks for one payment for every application that waits to be paid. Applications are told many times: the
 * unit's own rows know those it dispatched, `payments.current` those dispatched before it took over.
 */
export const paymentDispatcher = defineProcessor({
  name: 'payment-dispatcher',
  input: topics.applications,
  outputs: [topics.payments],
  state: topics.dispatchedApplications,
  lookups: { payments: topics.paymentsCurrent },

  handle(application, { state, lookup, now, newId }) {
    const application_id = application.id
    if (!application.status_name.includes('status_payment_pending')) return []
    const isDispatched =
      state.get(application_id) !== undefined ||
      lookup.payments.where('remote_id', application_id).length > 0
    if (isDispatched) return []

    const payment_id = newId()
    const created_at = formatDateTime(now)
    return [
      to(topics.payments, composePayment(application, { id: payment_id, created_at })),
      to(topics.dispatchedApplications, { application_id, payment_id }),
    ]
  },
})
