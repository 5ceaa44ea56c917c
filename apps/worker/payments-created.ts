import { Counter } from 'prom-client'
import type { Metrics } from '#core/metrics'
import type { CommittedOutcome } from '#core/run-units'
import { paymentFacts } from '#schemas/topics'

/** Counts the debt positions opened, by the connector that opened them: told of what was committed. */
export function countPaymentsCreated({
  registry,
}: Pick<Metrics, 'registry'>): (committed: CommittedOutcome) => void {
  const created = new Counter({
    name: 'corrente_payments_created_total',
    help: 'Debt positions opened, by connector',
    labelNames: ['connector'],
    registers: [registry],
  })
  return ({ value, emissions }) => {
    const opened = emissions.filter(
      (emission) => emission.topic === paymentFacts.name && typeOf(emission.value) === 'Opened',
    )
    if (opened.length > 0) created.inc({ connector: connectorOf(value) }, opened.length)
  }
}

const typeOf = (fact: unknown) => (fact as { readonly type?: string } | null)?.type

// The fact does not repeat what its payment is known to have: the request it answers names the connector.
const connectorOf = (request: unknown): string =>
  String((request as { readonly connector?: string } | undefined)?.connector)
