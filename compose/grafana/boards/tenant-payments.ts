import { dashboard } from '#compose/grafana/panels/dashboard'
import { lines, number } from '#compose/grafana/panels/panel'

const reached = (status: string) =>
  `sum(increase(corrente_tenant_payments_total{tenant="$tenant",status=~"${status}"}[$__range]))`

export const tenantPayments = dashboard({
  name: 'tenant-payments',
  title: 'Corrente: payments of a tenant',
  description:
    'Payments of one public body, ours and of others. "other" are all bodies that have no series of their own.',
  choices: [
    { name: 'tenant', label: 'Tenant', of: 'corrente_tenant_payments_total', isMany: false },
  ],
  panels: [
    number('Asked for', {
      unit: 'short',
      description: 'Payments to be created, in the time shown.',
      queries: [{ expr: reached('CREATION_PENDING'), legend: '' }],
    }),
    number('Can be paid', {
      unit: 'short',
      queries: [{ expr: reached('PAYMENT_PENDING'), legend: '' }],
    }),
    number('Started', {
      unit: 'short',
      queries: [{ expr: reached('PAYMENT_STARTED'), legend: '' }],
    }),
    number('Complete', { unit: 'short', queries: [{ expr: reached('COMPLETE'), legend: '' }] }),
    number('Expired or cancelled', {
      unit: 'short',
      queries: [{ expr: reached('EXPIRED|CANCELED'), legend: '' }],
    }),
    number('Failed', {
      unit: 'short',
      queries: [{ expr: reached('CREATION_FAILED|PAYMENT_FAILED'), legend: '' }],
      warn: 1,
      alerts: ['CorrenteDeadLettersUndecided'],
    }),
    lines('States reached', {
      unit: 'cps',
      width: 16,
      queries: [
        {
          expr: 'sum by (status) (rate(corrente_tenant_payments_total{tenant="$tenant"}[$__rate_interval]))',
          legend: '{{status}}',
        },
      ],
    }),
    lines('Creations that failed', {
      unit: 'percentunit',
      description: 'Of all payments that were opened or failed to be, over an hour.',
      queries: [
        {
          expr: 'sum(rate(corrente_tenant_payments_total{tenant="$tenant",status="CREATION_FAILED"}[1h])) / sum(rate(corrente_tenant_payments_total{tenant="$tenant",status=~"CREATION_FAILED|PAYMENT_PENDING"}[1h]))',
          legend: 'failed',
        },
      ],
      warn: 0.02,
      bad: 0.1,
    }),
    lines('Circuits to its intermediaries', {
      unit: 'short',
      width: 12,
      description: '0 called, 1 probed, 2 not called.',
      queries: [
        {
          expr: 'max by (unit, party) (corrente_circuit_state{party=~".*/$tenant"})',
          legend: '{{unit}} {{party}}',
        },
      ],
      bad: 2,
      alerts: ['CorrenteCircuitOpen'],
    }),
    lines('Payments of tenants without a series', {
      unit: 'cps',
      width: 12,
      queries: [
        {
          expr: 'sum(rate(corrente_tenant_payments_total{tenant="other"}[$__rate_interval]))',
          legend: 'other',
        },
      ],
      alerts: ['CorrenteTenantsUnlabelled'],
    }),
  ],
})
