import { defineProcessor, to, wakeAt } from '#core/processor'
import { appVersion } from '#core/version'
import * as topics from '#schemas/topics'
import { instantOf } from '#schemas/values/date-time'
import type { CheckTail } from '#streams/payments/check-schedule'
import { keepPayment } from '#streams/payments/keep-payment'

/**
 * Decides alone what becomes of our payments: one row per payment, and from each fact the next version on
 * `payments`, written in the name of the connector's payment proxy, or an anomaly a person has to look at. Its timers
 * end what nobody pays; it asks that the application of a failed creation is spared, and then creates it again.
 */
export const paymentKeeperWith = (checkTail: CheckTail) =>
  defineProcessor({
    name: 'payment-keeper',
    input: topics.paymentFacts,
    outputs: [topics.payments, topics.paymentAnomalies, topics.applicationUpdates],
    state: topics.keptPayments,
    timers: true,

    handle(fact, { state, now }) {
      const { payment_id } = fact
      const decision = keepPayment(state.get(payment_id), fact, { heardAt: now, checkTail })
      const { kept, versions, anomalies, updates = [], wakeAt: instant } = decision
      const told = [
        ...anomalies.map((anomaly) => to(topics.paymentAnomalies, anomaly)),
        ...updates.map((update) => to(topics.applicationUpdates, update)),
      ]
      if (kept === undefined) return told
      // The engine stamps a new envelope over the one the payment was received with.
      const appId = `${kept.connector}-payment-proxy:${appVersion}`
      return [
        ...versions.map((payment) => to(topics.payments, payment, { appId })),
        to(topics.keptPayments, kept),
        ...told,
        ...(instant === undefined ? [] : [dueAt(payment_id, instant)]),
      ]
    },
  })

/** As it is where nobody says otherwise: it has payments asked about daily from day 30 on. */
export const paymentKeeper = paymentKeeperWith('daily')

// When it happened is when it was due, however late the timer comes.
const dueAt = (payment_id: string, occurred_at: string) =>
  wakeAt(new Date(instantOf(occurred_at)), { payment_id, occurred_at, type: 'ExpiryDue' as const })
