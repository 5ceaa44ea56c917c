import { defineProcessor, to } from '#core/processor'
import { appVersion } from '#core/version'
import * as topics from '#schemas/topics'
import { keepPayment } from '#streams/payments/keep-payment'

/**
 * Decides alone what becomes of our payments: one row per payment, and from each fact the next version on
 * `payments`, written in the name of the connector's payment proxy, or an anomaly a person has to look at.
 */
export const paymentKeeper = defineProcessor({
  name: 'payment-keeper',
  input: topics.paymentFacts,
  outputs: [topics.payments, topics.paymentAnomalies],
  state: topics.keptPayments,

  handle(fact, { state }) {
    const { kept, versions, anomalies } = keepPayment(state.get(fact.payment_id), fact)
    const told = anomalies.map((anomaly) => to(topics.paymentAnomalies, anomaly))
    if (kept === undefined) return told
    // The engine stamps a new envelope over the one the payment was received with.
    const appId = `${kept.connector}-payment-proxy:${appVersion}`
    return [
      ...versions.map((payment) => to(topics.payments, payment, { appId })),
      to(topics.keptPayments, kept),
      ...told,
    ]
  },
})
