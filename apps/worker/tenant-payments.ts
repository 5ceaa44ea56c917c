import { Counter } from 'prom-client'
import { LabelValues } from '#core/label-values'
import type { Metrics } from '#core/metrics'
import type { CommittedOutcome } from '#core/run-units'
import type { PaymentContribution } from '#schemas/generated/types'
import { paymentContributions } from '#schemas/topics'

/** Which bodies have a series of their own. */
export interface TenantLabels {
  /** UUIDs, in lower case; these have one always. */
  readonly named: readonly string[]
  /** How many have one in all. */
  readonly countMax: number
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Counts payments, ours and of others, by the state they reached and the body they are of: told of what was committed. The
 * ids of bodies come from outside, so only so many are labels: docs/decisions/0022-tenants-as-labels.md.
 */
export function countTenantPayments(
  { registry }: Pick<Metrics, 'registry'>,
  { named, countMax }: TenantLabels,
): (committed: CommittedOutcome) => void {
  const tenants = new LabelValues({ countMax, always: named, shape: uuid })
  const reached = new Counter({
    name: 'corrente_tenant_payments_total',
    help: 'Payments that reached a state, by tenant; other where a tenant has no series of its own',
    labelNames: ['tenant', 'status'],
    registers: [registry],
  })
  return ({ emissions }) => {
    const told = emissions.filter(({ topic }) => topic === paymentContributions.name)
    if (told.length === 0) return
    const contributions = told.map(({ value }) => value as PaymentContribution)
    // One that moves to another day or service is taken away here and added there.
    const before = contributions.find(({ removed }) => removed !== null)?.removed?.status
    const now = contributions.find(({ added }) => added !== null)
    const status = now?.added?.status
    if (now === undefined || status === undefined || status === before) return
    reached.inc({ tenant: tenants.of(now.tenant_id), status })
  }
}
