import { dashboard } from '#compose/grafana/panels/dashboard'
import { heading, lines } from '#compose/grafana/panels/panel'

export const intermediary = dashboard({
  name: 'intermediary',
  title: 'Corrente: one intermediary',
  description: 'What goes to one intermediary, what comes from it, and whether it answers.',
  choices: [
    { name: 'connector', label: 'Intermediary', of: 'corrente_poller_calls_total', isMany: false },
  ],
  panels: [
    heading('Debt positions'),
    lines('Opened', {
      unit: 'cps',
      queries: [
        {
          expr: 'sum(rate(corrente_payments_created_total{connector="$connector"}[$__rate_interval]))',
          legend: 'opened',
        },
      ],
    }),
    lines('Refused for good, by code', {
      unit: 'short',
      description: 'Dead letters by what the intermediary said.',
      queries: [
        {
          expr: 'sum by (unit, error) (increase(corrente_dead_letters_total{error=~"$connector-.*"}[$__range]))',
          legend: '{{unit}} {{error}}',
        },
      ],
      alerts: ['CorrenteDeadLettersUndecided', 'CorrenteDeadLettersMany'],
    }),
    lines('Circuits, by body', {
      unit: 'short',
      description: '0 called, 1 probed, 2 not called.',
      queries: [
        {
          expr: 'max by (unit, party) (corrente_circuit_state{party=~"$connector/.*"})',
          legend: '{{unit}} {{party}}',
        },
      ],
      bad: 2,
      alerts: ['CorrenteCircuitOpen', 'CorrenteParkedLong'],
    }),
    heading('Checks'),
    lines('Asked, by what became of it', {
      unit: 'cps',
      queries: [
        {
          expr: 'sum by (outcome) (rate(corrente_poller_calls_total{connector="$connector"}[$__rate_interval]))',
          legend: '{{outcome}}',
        },
      ],
      alerts: ['CorrentePollerFailing', 'CorrentePollerRefused'],
    }),
    lines('Time to an answer, p95', {
      unit: 's',
      queries: [
        { expr: 'corrente:poller_call_seconds:p95{connector="$connector"}', legend: 'p95' },
      ],
      warn: 5,
      alerts: ['CorrentePollerSlow'],
    }),
    lines('Late, p99', {
      unit: 's',
      queries: [
        {
          expr: 'corrente:poller_lateness_seconds:p99{connector="$connector"}',
          legend: 'p99 of those asked',
        },
        {
          expr: 'max(corrente_poller_overdue_seconds{connector="$connector"})',
          legend: 'the first that waits',
        },
      ],
      warn: 60,
      alerts: ['CorrentePollerLate', 'CorrentePollerOverdue'],
    }),
    lines('Checks that are due', {
      unit: 'short',
      queries: [{ expr: 'corrente:poller_due:sum{connector="$connector"}', legend: 'due' }],
      alerts: ['CorrentePollerDueRising'],
    }),
    heading('Payers and notifications, at the payment proxy'),
    lines('Requests, by route and status', {
      unit: 'reqps',
      width: 16,
      queries: [
        {
          expr: 'sum by (route, status) (rate(corrente_http_requests_total{app="payment-proxy",route=~"/$connector/.*"}[$__rate_interval]))',
          legend: '{{route}} {{status}}',
        },
      ],
      alerts: ['CorrenteHttpErrors'],
    }),
    lines('Pages that payers were not sent on to', {
      unit: 'short',
      queries: [
        {
          expr: 'sum by (road, reason) (increase(corrente_refused_pages_total{connector="$connector"}[$__range]))',
          legend: '{{road}} {{reason}}',
        },
      ],
      warn: 1,
      alerts: ['CorrenteRefusedPages'],
    }),
  ],
})
