import { circuitLevels } from '#core/circuit-levels'
import { Circuits } from '#core/circuits'
import { committedCounter } from '#core/count-committed'
import { Fencings } from '#core/fencings'
import type { CommittedPositions } from '#core/lag'
import type { Unit } from '#core/processor'
import type { ProcessClients } from '#core/process-clients'
import type { RunOptions } from '#core/run-units'
import { timed } from '#core/timed-unit'
import type { UnitContext } from '#core/unit'
import { UnitTracing } from '#core/unit-tracing'
import type { UnitHealth } from '#core/unit-status'
import { units as unitStarts } from '#schemas/engine/units'

interface Life {
  readonly shared: ProcessClients
  readonly signal: AbortSignal
  readonly health: UnitHealth
  readonly committed: CommittedPositions
}

/** What one unit of a process runs on, and who is told of what it does. */
export function contextOf(
  unit: Unit,
  options: RunOptions,
  { shared, signal, health, committed }: Life,
): UnitContext {
  const { metrics, log, now = Date.now, tracing } = options
  const count = committedCounter(unit.name, metrics, log)
  const showCircuit = circuitLevels(unit.name, metrics.circuitState)
  const circuits = new Circuits({
    now,
    onChange({ party, state, reason }) {
      showCircuit({ party, state })
      log.warn({ unit: unit.name, party, state, reason }, 'circuit')
    },
  })
  const unitTracing = tracing && new UnitTracing(unit, tracing)
  return {
    ...options,
    ...shared,
    now,
    circuits,
    fencings: new Fencings(),
    tracing: unitTracing,
    unit: timed(unit, metrics.recordSeconds.of(unit.name)),
    signal,
    committed,
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
    onSettled: (settled) => {
      health.settled(settled, now())
      if (settled.kind !== 'released' || !settled.row) return
      const { order_key: orderKey, attempts } = settled.row
      log.info({ unit: unit.name, orderKey, attempts }, 'released')
    },
    onParked: ({ keys, records }) => {
      metrics.parked.set({ unit: unit.name, what: 'keys' }, keys)
      metrics.parked.set({ unit: unit.name, what: 'records' }, records)
    },
    onCommitted: (done, startMs, endMs) => {
      health.committed()
      metrics.commitSeconds.observe({ unit: unit.name }, (endMs - startMs) / 1_000)
      for (const { item, outcome } of done) {
        const { value } = item
        options.onOutcome?.({ unit: unit.name, value, emissions: outcome.emissions })
      }
      count(done)
      unitTracing?.committed(done, startMs)
    },
  }
}
