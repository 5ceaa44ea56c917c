import { Gauge, type Registry } from 'prom-client'
import type { UnitStatus } from '#core/unit-status'

const states: readonly UnitStatus['state'][] = ['starting', 'running', 'waiting', 'stopped']
const name = 'corrente_unit_state'

/**
 * Exports `corrente_unit_state{unit,state}`: 1 for the state a unit is in, 0 for the others. What passes by itself counts as
 * running.
 */
export function exportUnitStates(
  registry: Registry,
  statuses: () => readonly Pick<UnitStatus, 'unit' | 'state' | 'isPassing'>[],
): void {
  registry.removeSingleMetric(name)
  new Gauge({
    name,
    help: 'Which state a unit is in: starting, running, waiting for something outside, stopped',
    labelNames: ['unit', 'state'],
    registers: [registry],
    collect() {
      for (const { unit, state, isPassing } of statuses()) {
        const shown = isPassing ? 'running' : state
        for (const one of states) this.set({ unit, state: one }, one === shown ? 1 : 0)
      }
    },
  })
}
