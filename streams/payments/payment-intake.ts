import { RejectedError } from '#core/errors'
import { defineProcessor, setAside, to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { adoptedDue } from '#streams/payments/adopt-due'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { receivePayment } from '#streams/payments/receive-payment'
import { servingConfigurations } from '#streams/payments/serving-configurations'

// The keeper creates, too, where a creation is tried again; all else it writes is of payments taken in before.
const isTaken = ({ status }: Payment, isOwn: boolean) =>
  status === 'CREATION_PENDING' || (status === 'PAYMENT_PENDING' && !isOwn)

/**
 * Reads all of `payments` and mirrors it by payment id. Takes in, once each, what others wrote and one active
 * configuration of ours serves: the fact `Received`, and for a creation the opening or the fact `Refused`. What another
 * proxy follows is only mirrored.
 * Dead letters, mirrored all the same: ambiguous-configuration, bad-configuration; redrive them when mended.
 */
export const paymentIntake = (connectors: readonly IntermediaryConnector[], urlsOf: UrlsOf) =>
  defineProcessor({
    name: 'payment-intake',
    input: topics.payments,
    outputs: [topics.paymentSeen, topics.paymentFacts, topics.paymentOpenings],
    state: topics.receivedPayments,
    lookups: { tenants: topics.tenantConfigurations, services: topics.serviceConfigurations },

    handle(payment, { state, lookup, headers, position, now }) {
      const payment_id = payment.id
      const isOwn = headers['corrente-unit'] === paymentKeeper.name
      const isKnown = state.get(payment_id) !== undefined
      const seen = to(topics.paymentSeen, {
        payment_id,
        payment,
        source_partition: position.partition,
        source_offset: position.offset,
        is_echo: isKnown && !isOwn,
      })
      if (isKnown || !isTaken(payment, isOwn)) return [seen]

      const names = connectors.map(({ name }) => name)
      const [serving, ...others] = servingConfigurations(lookup, names, payment)
      const connector = connectors.find(({ name }) => name === serving?.service.connector)
      if (!serving || !connector) return [seen]
      if (others.length > 0) return [seen, setAside(ambiguous([serving, ...others]))]

      const isBorn = payment.status === 'CREATION_PENDING'
      const ours = isBorn ? payment : adoptedDue(payment, urlsOf(connector.name, payment_id).links)
      if (!ours) return [seen]
      const received_at = formatDateTime(now)
      try {
        return [
          seen,
          ...receivePayment(ours, connector, serving, received_at),
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
