import { setTimeout as sleep } from 'node:timers/promises'
import type { RowPlan } from '#tests/bench/row'
import { applyUnit, newUnit } from '#tests/bench/engine/flow'
import type { Scenario } from '#tests/bench/engine/scenario'

const plans = {
  rss: {
    id: 'idle20.rss',
    what: 'twenty units in one process, largest resident set',
    unit: 'MB',
    bar: { of: 'ours', is: 'at most', value: 140 },
  },
  cpu: { id: 'idle20.cpu', what: 'its CPU while nothing comes', unit: '% of a core' },
} as const satisfies Record<string, RowPlan>

const units = 20
const settledMs = 10_000
const measuredMs = 10_000

/** What units cost that have nothing to do. */
export const idleUnits: Scenario = {
  rows: Object.values(plans),
  async measure({ stack, sides }) {
    const names = Array.from({ length: units }, () => newUnit('idle', newUnit('idle-in', '').name))
    for (const unit of names) await applyUnit(stack, unit)
    const process = sides.engine(names)
    try {
      await process.printed('running')
      await sleep(settledMs, undefined, { signal: stack.signal })
      const before = process.cpuSeconds()
      await sleep(measuredMs, undefined, { signal: stack.signal })
      const share = ((process.cpuSeconds() - before) * 1_000) / measuredMs
      const megabytes = process.peakMegabytes()
      stack.report(`${units} idle units: ${megabytes.toFixed(0)} MB, ${(100 * share).toFixed(1)} %`)
      return new Map([
        [plans.rss.id, { ours: megabytes }],
        [plans.cpu.id, { ours: 100 * share }],
      ])
    } finally {
      await process.stop()
    }
  },
}
