import { defineProcessor, remove, to } from '#core/processor'
import type { PaymentStatus } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { isFinal } from '#streams/payments/payment-lifecycle'
import { toOpen } from '#streams/payments/to-open'

/** Keeps the payments that have not ended, ours and of others, on `payments.open`; the end removes the row. */
export const openPayments = defineProcessor({
  name: 'open-payments',
  input: topics.paymentsCurrent,
  outputs: [topics.paymentsOpen],

  handle({ id, ...payment }) {
    return isFinal(payment.status as PaymentStatus)
      ? [remove(topics.paymentsOpen, id)]
      : [to(topics.paymentsOpen, { id, ...toOpen(payment) })]
  },
})
