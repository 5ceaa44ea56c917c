import { ratioDefault } from '#apps/platform/tracing/settings'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import type { RowGroup } from '#tests/bench/measured-runs'
import { type Outside, startOutside } from '#tests/bench/observability/outside'
import {
  startWatched,
  type WatchedUnit,
  type Watching,
} from '#tests/bench/observability/watched-units'
import type { RowPlan, Sample } from '#tests/bench/row'
import { median } from '#tests/bench/statistics'

/** What a run is measured with. */
export interface ObservabilityBench {
  readonly stack: BenchStack
  /** Records of a slice. */
  readonly records: number
  /** Slices of each row. */
  readonly slices: number
}

const bar = { of: 'ratio', is: 'at most', value: 1.1 } as const
const rival = 'unwatched'
/** Before anything is measured, in slices: what is compiled meanwhile is nobody’s. */
const warmingSlices = 4
const unit = 'µs of CPU a record'

const plans = {
  metrics: { id: 'metrics', what: 'metrics alone', unit, rival, bar },
  shipped: { id: 'shipped', what: 'metrics, and traces as shipped, 1 %', unit, rival, bar },
  five: { id: 'traces.5', what: 'metrics, and 5 % of traces', unit, rival },
  all: { id: 'traces.100', what: 'metrics, and every trace', unit, rival },
} as const satisfies Record<string, RowPlan>

const watchings: readonly { readonly id: string; readonly watching: Watching }[] = [
  { id: rival, watching: { hasMetrics: false } },
  { id: plans.metrics.id, watching: { hasMetrics: true } },
  { id: plans.shipped.id, watching: { hasMetrics: true, ratio: ratioDefault } },
  { id: plans.five.id, watching: { hasMetrics: true, ratio: 0.05 } },
  { id: plans.all.id, watching: { hasMetrics: true, ratio: 1 } },
]

interface Measured {
  readonly id: string
  readonly unit: WatchedUnit
  readonly micros: number[]
}

/** The same unit, watched ever more closely, all in this process: one works at a time, in turn forwards and backwards. */
export const watchedSlices: RowGroup<ObservabilityBench> = {
  rows: Object.values(plans),
  async measure({ stack, records, slices }) {
    const { kafka, event, report } = stack
    const outside = await startOutside({ brokers: kafka.brokers, schemaId: event.id })
    const measured: Measured[] = []
    try {
      for (const { id, watching } of watchings) {
        const watched = await startWatched(stack, watching, outside.receiverUrl)
        measured.push({ id, unit: watched, micros: [] })
      }
      for (const { unit: warmed } of measured)
        await sliceOf(warmed, outside, warmingSlices * records)
      for (let slice = 0; slice < slices; slice++) {
        const order = slice % 2 === 0 ? measured : measured.toReversed()
        for (const one of order) one.micros.push(await sliceOf(one.unit, outside, records))
      }
      for (const { id, unit: watched, micros } of measured) {
        const figures = micros.map((each) => each.toFixed(1)).join(' ')
        report(`${id}: ${figures} µs a record, ${watched.dropped()} spans dropped`)
      }
      return samplesOf(measured)
    } finally {
      await Promise.all(measured.map(({ unit: watched }) => watched.close()))
      outside.stop()
    }
  },
}

/** Microseconds of this process's CPU for each record of a slice, which becomes visible all at once. */
async function sliceOf(watched: WatchedUnit, outside: Outside, records: number): Promise<number> {
  await outside.write(watched.input, records)
  const before = process.cpuUsage()
  outside.commit()
  await watched.handled(records)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / records
}

function samplesOf(measured: readonly Measured[]): ReadonlyMap<string, Sample> {
  const medians = new Map(measured.map(({ id, micros }) => [id, median(micros)]))
  const rows = measured.filter(({ id }) => id !== rival)
  return new Map(
    rows.map(({ id }) => [id, { ours: medians.get(id)!, rival: medians.get(rival)! }] as const),
  )
}
