import { dashboard } from '#compose/grafana/panels/dashboard'
import { heading, lines } from '#compose/grafana/panels/panel'

const ofUnit = (metric: string, more = '') => `${metric}{unit=~"$unit"${more}}`

export const engine = dashboard({
  name: 'engine',
  title: 'Corrente: engine',
  description: 'Units: what they handle, what waits, how long it takes, what they keep.',
  choices: [{ name: 'unit', label: 'Unit', of: 'corrente_unit_state', isMany: true }],
  panels: [
    lines('Records, by outcome', {
      unit: 'cps',
      queries: [
        { expr: `sum by (outcome) (${ofUnit('corrente:records:rate5m')})`, legend: '{{outcome}}' },
      ],
    }),
    lines('Lag', {
      unit: 'short',
      queries: [{ expr: ofUnit('corrente:lag:sum'), legend: '{{unit}}' }],
      alerts: ['CorrenteLagRising'],
    }),
    lines('Units that do not run', {
      unit: 'short',
      queries: [
        {
          expr: ofUnit('corrente_unit_state', ',state=~"stopped|waiting"') + ' > 0',
          legend: '{{unit}} {{state}} on {{instance}}',
        },
      ],
      bad: 1,
      alerts: ['CorrenteUnitStopped'],
    }),
    heading('Time, p99'),
    lines('A record in hand', {
      unit: 's',
      queries: [{ expr: ofUnit('corrente:record_seconds:p99'), legend: '{{unit}}' }],
    }),
    lines('A transaction', {
      unit: 's',
      queries: [{ expr: ofUnit('corrente:commit_seconds:p99'), legend: '{{unit}}' }],
      warn: 1,
      alerts: ['CorrenteCommitSlow'],
    }),
    lines('From written to handled', {
      unit: 's',
      queries: [{ expr: ofUnit('corrente:end_to_end_seconds:p99'), legend: '{{unit}}' }],
    }),
    heading('What does not go as it should'),
    lines('Dead letters, by error', {
      unit: 'short',
      queries: [
        {
          expr: `sum by (unit, error) (increase(${ofUnit('corrente_dead_letters_total')}[$__range]))`,
          legend: '{{unit}} {{error}}',
        },
      ],
      alerts: ['CorrenteDeadLettersUndecided', 'CorrenteDeadLettersMany'],
    }),
    lines('Parked records', {
      unit: 'short',
      queries: [{ expr: ofUnit('corrente:parked_records:sum'), legend: '{{unit}}' }],
      alerts: ['CorrenteParkedLong'],
    }),
    lines('Circuits', {
      unit: 'short',
      description: '0 called, 1 probed, 2 not called.',
      queries: [
        {
          expr: `max by (unit, party) (${ofUnit('corrente_circuit_state')})`,
          legend: '{{unit}} {{party}}',
        },
      ],
      bad: 2,
      alerts: ['CorrenteCircuitOpen'],
    }),
    lines('Errors, by origin', {
      unit: 'cps',
      description:
        'Internal is ours, external an outside party’s. Requests have the name of their app as unit.',
      queries: [
        {
          expr: 'sum by (unit, origin) (rate(corrente_errors_total[$__rate_interval]))',
          legend: '{{unit}} {{origin}}',
        },
      ],
      alerts: ['CorrenteBugs'],
    }),
    heading('What is kept'),
    lines('Rows on the disk', {
      unit: 'bytes',
      queries: [{ expr: ofUnit('corrente_state_bytes'), legend: '{{unit}} on {{instance}}' }],
      warn: 16e9,
      alerts: ['CorrenteStateLarge'],
    }),
    lines('Rows that are read anew', {
      unit: 'short',
      queries: [{ expr: ofUnit('corrente_restore_remaining'), legend: '{{unit}} on {{instance}}' }],
      alerts: ['CorrenteRestoreLong'],
    }),
    lines('Room on the disk', {
      unit: 'percentunit',
      queries: [
        {
          expr: 'corrente_home_bytes{what="free"} / ignoring (what) corrente_home_bytes{what="size"}',
          legend: '{{instance}}',
        },
      ],
      alerts: ['CorrenteDiskFilling', 'CorrenteDiskFull'],
    }),
    lines('Garbage collected', {
      unit: 'percentunit',
      description: 'Share of time.',
      queries: [
        {
          expr: 'sum by (instance) (rate(nodejs_gc_duration_seconds_sum[$__rate_interval]))',
          legend: '{{instance}}',
        },
      ],
      warn: 0.2,
    }),
    lines('Heap in use', {
      unit: 'bytes',
      queries: [{ expr: 'nodejs_heap_size_used_bytes', legend: '{{instance}}' }],
    }),
  ],
})
