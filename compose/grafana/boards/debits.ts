import { dashboard } from '#compose/grafana/panels/dashboard'
import { heading, lines, number } from '#compose/grafana/panels/panel'

export const debits = dashboard({
  name: 'debits',
  title: 'Corrente: debits',
  description: 'The edge that callers ask, and the authoriser that decides.',
  panels: [
    number('Requests a second', {
      unit: 'reqps',
      queries: [{ expr: 'sum(corrente:debit_requests:rate5m)', legend: '' }],
    }),
    number('Not decided', {
      unit: 'percentunit',
      queries: [{ expr: 'corrente:debit_unanswered:ratio5m', legend: '' }],
      warn: 0.001,
      bad: 0.01,
      alerts: ['CorrenteDebitsUnavailable'],
    }),
    number('p99', {
      unit: 's',
      queries: [{ expr: 'max(corrente:debit_request_seconds:p99)', legend: '' }],
      warn: 0.5,
      bad: 1,
      alerts: ['CorrenteDebitsSlow'],
    }),
    number('Waiting', {
      unit: 'short',
      queries: [{ expr: 'sum(corrente_debit_open_requests)', legend: '' }],
      warn: 50,
      alerts: ['CorrenteDebitsQueueing'],
    }),
    number('Lag of the authoriser', {
      unit: 'short',
      queries: [{ expr: 'corrente:lag:sum{unit="debit-authoriser"}', legend: '' }],
      warn: 1_000,
      alerts: ['CorrenteLagRising'],
    }),
    heading('The edge'),
    lines('Answers, by response code', {
      unit: 'reqps',
      description:
        '00 approved, 51 not enough, 68 past the deadline, 91 nobody decides, 96 ours to mend.',
      queries: [{ expr: 'sum by (code) (corrente:debit_requests:rate5m)', legend: '{{code}}' }],
      alerts: ['CorrenteDebitsPastDeadline', 'CorrenteDebitsUnavailable'],
    }),
    lines('Time to the answer, p99', {
      unit: 's',
      queries: [{ expr: 'corrente:debit_request_seconds:p99', legend: '{{route}}' }],
      warn: 1,
      bad: 3,
      alerts: ['CorrenteDebitsSlow'],
    }),
    lines('Waiting for their decision', {
      unit: 'short',
      queries: [{ expr: 'corrente_debit_open_requests', legend: '{{instance}}' }],
      warn: 50,
      alerts: ['CorrenteDebitsQueueing'],
    }),
    lines('Decisions that came too late', {
      unit: 'short',
      queries: [
        {
          expr: 'sum by (type) (increase(corrente_debit_late_total[$__range]))',
          legend: '{{type}}',
        },
      ],
      warn: 1,
      alerts: ['CorrenteDebitDecisionsLate'],
    }),
    lines('Event loop of the edge and the worker, p99', {
      unit: 's',
      queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds', legend: '{{instance}}' }],
      warn: 0.5,
      alerts: ['CorrenteEventLoopBlocked'],
    }),
    heading('The authoriser and the projector'),
    lines('Requests decided', {
      unit: 'cps',
      queries: [
        { expr: 'corrente:records:rate5m{unit=~"debit-.*"}', legend: '{{unit}} {{outcome}}' },
      ],
    }),
    lines('One transaction, p99', {
      unit: 's',
      queries: [{ expr: 'corrente:commit_seconds:p99{unit=~"debit-.*"}', legend: '{{unit}}' }],
      warn: 1,
      alerts: ['CorrenteCommitSlow'],
    }),
    lines('Lag', {
      unit: 'short',
      queries: [{ expr: 'corrente:lag:sum{unit=~"debit-.*"}', legend: '{{unit}}' }],
      alerts: ['CorrenteLagRising'],
    }),
  ],
})
