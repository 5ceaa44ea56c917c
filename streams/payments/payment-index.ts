import { defineProcessor, type Emission, remove, to } from '#core/processor'
import type {
  IndexedPayment,
  Payment,
  PaymentCurrent,
  PaymentStatus,
} from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { instantOf } from '#schemas/values/date-time'
import { isFinal, rankOf } from '#streams/payments/payment-lifecycle'
import { contributionsOf, countedOf, countedIn } from '#streams/payments/payment-contributions'
import { toCurrent } from '#streams/payments/to-current'
import { toOpen } from '#streams/payments/to-open'

/**
 * Keeps the present state of every payment, ours and of others, on `payments.current`; those that have not ended on
 * `payments.open`; and tells what each adds to its digital service and day. Never backwards: other writers may choose
 * other partitions, so an older version can be seen later. The first final state stays. Of a payment of ours only what
 * we write counts: an importer may tell of a due again.
 */
export const paymentIndex = defineProcessor({
  name: 'payment-index',
  input: topics.paymentSeen,
  outputs: [topics.paymentsCurrent, topics.paymentsOpen, topics.paymentContributions],
  state: topics.indexedPayments,

  handle({ payment_id, payment, is_echo }, { state }) {
    if (is_echo) return []
    const indexed = state.get(payment_id)
    if (indexed && !isForward(indexed, payment)) return []
    const { status, event_created_at } = payment
    const current = toCurrent(payment)
    const now = countedOf(current)
    return [
      to(topics.paymentsCurrent, { id: payment_id, ...current }),
      opened(payment_id, current),
      ...contributionsOf(payment_id, indexed && countedIn(indexed, now), now),
      to(topics.indexedPayments, { payment_id, event_created_at, ...now, status }),
    ]
  },
})

const opened = (id: string, current: PaymentCurrent): Emission<typeof topics.paymentsOpen.name> =>
  isFinal(current.status as PaymentStatus)
    ? remove(topics.paymentsOpen, id)
    : to(topics.paymentsOpen, { id, ...toOpen(current) })

function isForward(indexed: IndexedPayment, { status, event_created_at }: Payment): boolean {
  if (status === indexed.status) {
    return instantOf(event_created_at) >= instantOf(indexed.event_created_at)
  }
  return rankOf(status) > rankOf(indexed.status as PaymentStatus)
}
