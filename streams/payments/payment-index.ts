import { defineProcessor, to } from '#core/processor'
import type { IndexedPayment, Payment, PaymentStatus } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { instantOf } from '#schemas/values/date-time'
import { rankOf } from '#streams/payments/payment-lifecycle'
import { toCurrent } from '#streams/payments/to-current'

/**
 * Keeps the present state of every payment, ours and of others, on `payments.current`. Never backwards: other
 * writers may choose other partitions, so an older version can be seen later. The first final state stays. Of a
 * payment of ours only what we write counts: an importer may tell of a due again.
 */
export const paymentIndex = defineProcessor({
  name: 'payment-index',
  input: topics.paymentSeen,
  outputs: [topics.paymentsCurrent],
  state: topics.indexedPayments,

  handle({ payment_id, payment, is_echo }, { state }) {
    if (is_echo) return []
    const indexed = state.get(payment_id)
    if (indexed && !isForward(indexed, payment)) return []
    const { status, event_created_at } = payment
    return [
      to(topics.paymentsCurrent, { id: payment_id, ...toCurrent(payment) }),
      to(topics.indexedPayments, { payment_id, status, event_created_at }),
    ]
  },
})

function isForward(indexed: IndexedPayment, { status, event_created_at }: Payment): boolean {
  if (status === indexed.status) {
    return instantOf(event_created_at) >= instantOf(indexed.event_created_at)
  }
  return rankOf(status) > rankOf(indexed.status as PaymentStatus)
}
