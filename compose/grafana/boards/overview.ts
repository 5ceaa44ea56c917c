import { dashboard } from '#compose/grafana/panels/dashboard'
import { heading, lines, number, table } from '#compose/grafana/panels/panel'

export const overview = dashboard({
  name: 'overview',
  title: 'Corrente: overview',
  description: 'Is anything wrong, and how much goes through. The first one to look at.',
  panels: [
    number('Alarms', {
      unit: 'short',
      queries: [{ expr: 'count(ALERTS{alertstate="firing"}) or vector(0)', legend: '' }],
      warn: 1,
      bad: 3,
    }),
    number('Processes silent', {
      unit: 'short',
      queries: [{ expr: 'count(up == 0) or vector(0)', legend: '' }],
      bad: 1,
      alerts: ['CorrenteProcessSilent'],
    }),
    number('Processes that need somebody', {
      unit: 'short',
      queries: [{ expr: 'count(corrente_problems > 0) or vector(0)', legend: '' }],
      bad: 1,
      alerts: ['CorrenteProcessFailing', 'CorrenteNeedsSomebody'],
    }),
    number('Dead letters undecided', {
      unit: 'short',
      queries: [{ expr: 'sum(corrente_dead_letters_undecided)', legend: '' }],
      bad: 1,
      alerts: ['CorrenteDeadLettersUndecided'],
    }),
    number('Records parked', {
      unit: 'short',
      queries: [{ expr: 'sum(corrente_parked{what="records"})', legend: '' }],
      warn: 1,
      alerts: ['CorrenteParkedLong'],
    }),
    number('Circuits not closed', {
      unit: 'short',
      queries: [{ expr: 'count(corrente_circuit_state > 0) or vector(0)', legend: '' }],
      warn: 1,
      alerts: ['CorrenteCircuitOpen'],
    }),
    table('Alarms that fire', {
      expr: 'ALERTS{alertstate="firing"}',
      hidden: ['alertstate', 'Value'],
    }),
    heading('What goes through'),
    lines('Records handled, by unit', {
      unit: 'cps',
      queries: [
        {
          expr: 'sum by (unit) (rate(corrente_records_total[$__rate_interval]))',
          legend: '{{unit}}',
        },
      ],
    }),
    lines('Lag, by unit', {
      unit: 'short',
      description: 'Offsets that wait. Rising for ten minutes is an alarm.',
      queries: [{ expr: 'corrente:lag:sum', legend: '{{unit}}' }],
      alerts: ['CorrenteLagRising'],
    }),
    lines('From written to handled, p99', {
      unit: 's',
      queries: [{ expr: 'corrente:end_to_end_seconds:p99', legend: '{{unit}}' }],
      warn: 10,
    }),
    lines('Debt positions opened, by intermediary', {
      unit: 'cps',
      queries: [
        {
          expr: 'sum by (connector) (rate(corrente_payments_created_total[$__rate_interval]))',
          legend: '{{connector}}',
        },
      ],
    }),
    lines('Notifications, by outcome', {
      unit: 'cps',
      queries: [
        {
          expr: 'sum by (channel, outcome) (rate(corrente_notifications_total[$__rate_interval]))',
          legend: '{{channel}} {{outcome}}',
        },
      ],
      alerts: ['CorrenteNotificationsGivenUp', 'CorrenteNotificationsRefused'],
    }),
    lines('Requests answered with an error', {
      unit: 'percentunit',
      queries: [{ expr: 'corrente:http_errors:ratio10m', legend: '{{app}}' }],
      bad: 0.05,
      alerts: ['CorrenteHttpErrors'],
    }),
    heading('Processes'),
    lines('Memory', {
      unit: 'bytes',
      queries: [{ expr: 'process_resident_memory_bytes', legend: '{{instance}}' }],
    }),
    lines('Processor', {
      unit: 'percentunit',
      description: 'Of one processor.',
      queries: [
        { expr: 'rate(process_cpu_seconds_total[$__rate_interval])', legend: '{{instance}}' },
      ],
    }),
    lines('Event loop, p99', {
      unit: 's',
      queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds', legend: '{{instance}}' }],
      warn: 0.5,
      alerts: ['CorrenteEventLoopBlocked'],
    }),
  ],
})
