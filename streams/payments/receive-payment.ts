import { RejectedError } from '#core/errors'
import { to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { paymentIdOf } from '#schemas/values/iud'
import { completePayment } from '#streams/payments/complete-payment'
import { cutReason } from '#streams/payments/payment-reason'
import {
  type ServingConfiguration,
  configurationOf,
} from '#streams/payments/serving-configurations'

/**
 * The fact that a payment was received, and what follows from its state: a creation is to be opened, or is
 * refused where the connector cannot express it; a due that was born elsewhere is open already. What a creation
 * does not say its service's configuration does, from here on: the keeper's next version tells it to all.
 * Throws RejectedError('bad-configuration'): that is an administrator's to mend, not the payer's fault.
 */
export function receivePayment(
  told: Payment,
  connector: IntermediaryConnector,
  serving: ServingConfiguration,
  occurred_at: string,
) {
  const configuration = configurationOf(serving)
  const isNew = told.status === 'CREATION_PENDING'
  const whole = isNew ? completePayment(withOwnIud(told), configuration.service) : told
  // Whoever wrote a longer one: the next version is ours.
  const payment = { ...whole, reason: whole.reason === null ? null : cutReason(whole.reason) }
  const payment_id = payment.id
  const configured = {
    connector: connector.name,
    tenant_configuration_version: serving.tenant.version,
    service_configuration_version: serving.service.version,
  }
  const received = to(topics.paymentFacts, {
    payment_id,
    occurred_at,
    type: 'Received',
    received: { payment, ...configured },
  })
  if (!isNew) return [received]
  try {
    const { tenant_id, service_id } = payment
    const { iud } = payment.payment
    const request = connector.composeOpening(payment, configuration)
    const opening = { payment_id, tenant_id, service_id, iud, request, ...configured }
    return [received, to(topics.paymentOpenings, opening)]
  } catch (error) {
    if (!(error instanceof RejectedError) || error.code === 'bad-configuration') throw error
    const refused = { code: error.code, message: error.message }
    return [
      received,
      to(topics.paymentFacts, { payment_id, occurred_at, type: 'Refused', refused }),
    ]
  }
}

/** Whoever asks for a creation may spell its iud in capitals; intermediaries know our keys as we write them. */
const withOwnIud = (payment: Payment): Payment => {
  const { iud } = payment.payment
  const own = paymentIdOf(iud)?.replaceAll('-', '') ?? iud
  return { ...payment, payment: { ...payment.payment, iud: own } }
}
