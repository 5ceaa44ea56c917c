import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { UnitHistogram } from '#core/histogram'
import { stateMetrics } from '#core/state-metrics'

/** The engine's numbers for Prometheus; an app adds its own. One registry a process; labels never carry personal values. */
export function newMetrics() {
  const registers = [new Registry()]
  const labelNames = ['unit'] as const
  const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  return {
    registry: registers[0] as Registry,
    records: new Counter({
      name: 'corrente_records_total',
      help: 'Records handled, by what became of them: done, discarded, dead-letter',
      labelNames: ['unit', 'outcome'],
      registers,
    }),
    recordSeconds: new UnitHistogram({
      name: 'corrente_record_seconds',
      help: 'Time a unit had a record in hand: one call of a processor, one try of a task',
      buckets: [0.00001, 0.00005, 0.0001, ...buckets, 30],
      registers,
    }),
    endToEndSeconds: new UnitHistogram({
      name: 'corrente_end_to_end_seconds',
      help: 'From the input record being written to its emissions being committed',
      buckets: [...buckets, 30, 60, 300],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'corrente_commit_seconds',
      help: 'Time from the beginning of a transaction to its commit',
      labelNames,
      buckets,
      registers,
    }),
    deadLetters: new Counter({
      name: 'corrente_dead_letters_total',
      help: 'Records set aside, by error',
      labelNames: ['unit', 'error'],
      registers,
    }),
    parked: new Gauge({
      name: 'corrente_parked',
      help: 'Records that wait to be tried again, and the order keys they belong to',
      labelNames: ['unit', 'what'],
      registers,
    }),
    circuitState: new Gauge({
      name: 'corrente_circuit_state',
      help: 'Whether an outside party is called: 0 closed (yes), 1 half-open (a probe), 2 open (no)',
      labelNames: ['unit', 'party'],
      registers,
    }),
    ...stateMetrics(registers),
    errors: new Counter({
      name: 'corrente_errors_total',
      help: 'Errors by origin: internal (input, validation, bug) or external (an outside party)',
      labelNames: ['unit', 'origin'],
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof newMetrics>
