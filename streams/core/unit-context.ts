import { Circuits } from '#core/circuits'
import { errorCode } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Handled } from '#core/outputs'
import type { Unit } from '#core/processor'
import type { ProcessClients } from '#core/process-clients'
import type { RunOptions } from '#core/run-units'
import type { UnitContext } from '#core/unit'
import type { UnitHealth } from '#core/unit-status'
import { units as unitStarts } from '#schemas/engine/units'

const circuitLevels = { closed: 0, 'half-open': 1, open: 2 } as const

interface Life {
  readonly shared: ProcessClients
  readonly signal: AbortSignal
  readonly health: UnitHealth
}

/** What one unit of a process runs on, and who is told of what it does. */
export function contextOf(
  unit: Unit,
  options: RunOptions,
  { shared, signal, health }: Life,
): UnitContext {
  const { metrics, log, now = Date.now } = options
  const circuits = new Circuits({
    now,
    onChange({ party, state, reason }) {
      metrics.circuitState.set({ unit: unit.name, party }, circuitLevels[state])
      log.warn({ unit: unit.name, party, state, reason }, 'circuit')
    },
  })
  return {
    ...options,
    ...shared,
    now,
    circuits,
    unit,
    signal,
    tables: Object.fromEntries(
      Object.entries(unit.lookups ?? {}).map(([name, topic]) => [name, shared.tableOf(topic)]),
    ),
    units: shared.tableOf(unitStarts),
    onRunning: () => health.running(),
    onRestoring: (note) => health.restoring(note),
    onWaiting: (reason) => health.waiting(reason),
    onTransient: ({ topic, partition, offset }, reason, attempt) => {
      metrics.errors.inc({ unit: unit.name, origin: 'external' })
      log.debug({ unit: unit.name, topic, partition, offset, attempt, reason }, 'tried in vain')
    },
    onHeld: (record, reason) => health.held(record, reason),
    onSettled: (settled) => health.settled(settled, now()),
    onParked: ({ keys, records }) => {
      metrics.parked.set({ unit: unit.name, what: 'keys' }, keys)
      metrics.parked.set({ unit: unit.name, what: 'records' }, records)
    },
    onCommitted: (done) => {
      for (const { item, outcome } of done) {
        const { value } = item
        options.onOutcome?.({ unit: unit.name, value, emissions: outcome.emissions })
      }
      countCommitted(unit.name, done, metrics, log)
    },
  }
}

function countCommitted(unit: string, done: readonly Handled[], metrics: Metrics, log: Log): void {
  for (const { item, outcome } of done) {
    const { record } = item
    const isDead = outcome.cause !== undefined
    const result = isDead ? 'dead-letter' : outcome.attempts === 0 ? 'discarded' : 'done'
    metrics.records.inc({ unit, outcome: result })
    metrics.endToEndSeconds.observe({ unit }, Math.max(0, Date.now() - record.timestamp) / 1_000)
    const { topic, partition, offset } = record
    if (isDead) {
      const error = errorCode(outcome.cause)
      metrics.deadLetters.inc({ unit, error })
      log.error({ unit, topic, partition, offset, error }, 'dead letter')
    } else if (outcome.emissions.length > 0) {
      log.info({ unit, topic, partition, offset, emissions: outcome.emissions.length }, 'handled')
    }
  }
}
