import type { CircuitState } from '#core/circuits'
import { LabelValues, otherLabel } from '#core/label-values'

const levels = { closed: 0, 'half-open': 1, open: 2 } as const

interface LevelGauge {
  set(labels: { readonly unit: string; readonly party: string }, level: number): void
}

/** Parties of one unit that have a series of their own. */
const partiesMax = 100

/**
 * Tells the circuits of one unit to a gauge, party by party. Parties come with records (bodies, receivers): beyond the first
 * hundred whose circuit ever opened there is one series, `other`, with the worst state of them all.
 */
export function circuitLevels(unit: string, gauge: LevelGauge, countMax = partiesMax) {
  const labels = new LabelValues({ countMax })
  const others = new Map<string, 1 | 2>()
  const counts = { 1: 0, 2: 0 }
  return ({ party, state }: { readonly party: string; readonly state: CircuitState }): void => {
    const level = levels[state]
    const label = labels.of(party)
    if (label !== otherLabel) return gauge.set({ unit, party: label }, level)
    const before = others.get(party)
    if (before) counts[before] -= 1
    if (level === 0) others.delete(party)
    else {
      others.set(party, level)
      counts[level] += 1
    }
    gauge.set({ unit, party: otherLabel }, counts[2] > 0 ? 2 : Math.min(1, counts[1]))
  }
}
