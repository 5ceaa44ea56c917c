import { dashboard } from '#compose/grafana/panels/dashboard'
import { heading, lines, number } from '#compose/grafana/panels/panel'

const reached = (states: string) =>
  `sum(increase(corrente_exports_total{state=~"${states}"}[$__range]))`

export const exportsBoard = dashboard({
  name: 'exports',
  title: 'Corrente: exports',
  description: 'Exports asked for, made and failed, and what was left behind.',
  panels: [
    number('Begun', { unit: 'short', queries: [{ expr: reached('EXTRACTING'), legend: '' }] }),
    number('Ready', { unit: 'short', queries: [{ expr: reached('READY'), legend: '' }] }),
    number('Ready, some documents missing', {
      unit: 'short',
      queries: [{ expr: reached('READY_WITH_ERRORS'), legend: '' }],
      warn: 1,
    }),
    number('Failed', {
      unit: 'short',
      queries: [{ expr: reached('FAILED'), legend: '' }],
      bad: 1,
      alerts: ['CorrenteExportsFailed'],
    }),
    number('Given up', { unit: 'short', queries: [{ expr: reached('CANCELLING'), legend: '' }] }),
    number('Ready after, p95', {
      unit: 's',
      queries: [{ expr: 'corrente:export_seconds:p95', legend: '' }],
      warn: 900,
    }),
    heading('Steps'),
    lines('Handled, by step', {
      unit: 'cps',
      queries: [
        { expr: 'sum by (unit) (corrente:records:rate5m{unit=~"export-.*"})', legend: '{{unit}}' },
      ],
    }),
    lines('Waiting, by step', {
      unit: 'short',
      queries: [{ expr: 'corrente:lag:sum{unit=~"export-.*"}', legend: '{{unit}}' }],
      alerts: ['CorrenteLagRising'],
    }),
    lines('A step in hand, p99', {
      unit: 's',
      queries: [{ expr: 'corrente:record_seconds:p99{unit=~"export-.*"}', legend: '{{unit}}' }],
    }),
    lines('Parked', {
      unit: 'short',
      queries: [{ expr: 'corrente:parked_records:sum{unit=~"export-.*"}', legend: '{{unit}}' }],
      alerts: ['CorrenteParkedLong'],
    }),
    lines('Answers of the API', {
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (status) (rate(corrente_http_requests_total{app="exports-api",route!="/status"}[$__rate_interval]))',
          legend: '{{status}}',
        },
      ],
      alerts: ['CorrenteHttpErrors'],
    }),
    heading('What was left behind'),
    lines('Objects no export needs', {
      unit: 'short',
      queries: [
        {
          expr: 'sum by (what) (increase(corrente_export_orphans_total[$__range]))',
          legend: '{{what}}',
        },
      ],
      warn: 1,
      alerts: ['CorrenteExportOrphans'],
    }),
    lines('Their size', {
      unit: 'bytes',
      queries: [
        { expr: 'sum(increase(corrente_export_orphan_bytes_total[$__range]))', legend: 'bytes' },
      ],
    }),
    lines('Sweeps', {
      unit: 'short',
      queries: [
        {
          expr: 'sum by (outcome) (increase(corrente_export_sweeps_total[$__range]))',
          legend: '{{outcome}}',
        },
      ],
      alerts: ['CorrenteExportSweepsRefused'],
    }),
  ],
})
