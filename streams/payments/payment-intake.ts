import { RejectedError } from '#core/errors'
import { defineProcessor, setAside, to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { receivePayment } from '#streams/payments/receive-payment'
import { servingConfigurations } from '#streams/payments/serving-configurations'

const isTaken = ({ status }: Payment) =>
  status === 'CREATION_PENDING' || status === 'PAYMENT_PENDING'

/**
 * Reads all of `payments` and mirrors it by payment id. Takes in, once each, what others wrote and one active
 * configuration of ours serves: the fact `Received`, and for a creation the opening or the fact `Refused`.
 * Dead letters, mirrored all the same: ambiguous-configuration, bad-configuration; redrive them when mended.
 */
export const paymentIntake = (connectors: readonly IntermediaryConnector[]) =>
  defineProcessor({
    name: 'payment-intake',
    input: topics.payments,
    outputs: [topics.paymentSeen, topics.paymentFacts, topics.paymentOpenings],
    state: topics.receivedPayments,
    lookups: { tenants: topics.tenantConfigurations, services: topics.serviceConfigurations },

    handle(payment, { state, lookup, headers, position, now }) {
      const payment_id = payment.id
      const seen = to(topics.paymentSeen, {
        payment_id,
        payment,
        source_partition: position.partition,
        source_offset: position.offset,
      })
      const isOwn = headers['corrente-unit'] === paymentKeeper.name
      if (isOwn || !isTaken(payment) || state.get(payment_id)) return [seen]

      const names = connectors.map(({ name }) => name)
      const [serving, ...others] = servingConfigurations(lookup, names, payment)
      const connector = connectors.find(({ name }) => name === serving?.service.connector)
      if (!serving || !connector) return [seen]
      if (others.length > 0) return [seen, setAside(ambiguous([serving, ...others]))]

      const received_at = formatDateTime(now)
      try {
        return [
          seen,
          ...receivePayment(payment, connector, serving, received_at),
          to(topics.receivedPayments, { payment_id, received_at }),
        ]
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        return [seen, setAside(error)]
      }
    },
  })

const ambiguous = (found: readonly { readonly service: { readonly id: string } }[]) =>
  new RejectedError(
    'ambiguous-configuration',
    `active are ${found.map(({ service }) => service.id).join(', ')}: leave one active`,
  )
