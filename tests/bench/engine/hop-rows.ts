import { randomBytes } from 'node:crypto'
import type { Bar, RowPlan, Sample } from '#tests/bench/row'
import type { UnitNames } from '#tests/bench/engine/bench-units'
import { applyUnit } from '#tests/bench/engine/flow'
import { type Between, type HopFigures, measureHop, type Pace } from '#tests/bench/engine/hop'
import { type Bench, interleaved, type Scenario } from '#tests/bench/engine/scenario'
import { commitMs } from '#tests/bench/engine/streams-rival'

const ratioAtMost = (value: number): Bar => ({ of: 'ratio', is: 'at most', value })
const rival = 'Streams'

const hopPlans = {
  p50: {
    id: 'hop.p50',
    what: 'one hop at 1,000/s, median',
    unit: 'ms',
    rival,
    bar: ratioAtMost(1),
  },
  p99: { id: 'hop.p99', what: 'its 99th percentile', unit: 'ms', rival, bar: ratioAtMost(1) },
  cpu: { id: 'hop.cpu', what: 'its CPU', unit: 'µs/record', rival, bar: ratioAtMost(0.5) },
  rss: {
    id: 'hop.rss',
    what: 'its largest resident set',
    unit: 'MB',
    rival,
    bar: ratioAtMost(0.5),
  },
} satisfies Record<string, RowPlan>

const chainPlan: RowPlan = {
  id: 'chain4.p50',
  what: 'four hops at 200/s in one process, median',
  unit: 'ms',
  rival: 'one hop',
  bar: ratioAtMost(4.5),
}

const hopPace: Pace = { perSecond: 1_000, warmMs: 10_000, measuredMs: 15_000 }
const chainPace: Pace = { perSecond: 200, warmMs: 5_000, measuredMs: 15_000 }

/** Units one behind the other. */
function chainOf(name: string, length: number): UnitNames[] {
  const story = `${name}-${randomBytes(4).toString('hex')}`
  return Array.from({ length }, (_, n) => ({
    name: `${story}.${n + 1}`,
    input: `${story}.topic-${n}`,
    output: `${story}.topic-${n + 1}`,
  }))
}

/** The engine with so many units one behind the other. */
function engineChain({ stack, sides }: Bench, length: number): Between {
  const units = chainOf('hop', length)
  return {
    name: length === 1 ? 'engine' : `engine, ${length} hops`,
    input: units[0]!.input,
    output: units.at(-1)!.output,
    async start() {
      for (const unit of units) await applyUnit(stack, unit)
      const process = sides.engine(units)
      await process.printed('running')
      return process
    },
  }
}

function streamsHop({ stack, sides }: Bench): Between {
  const [unit] = chainOf('streams', 1) as [UnitNames]
  return {
    name: 'streams',
    input: unit.input,
    output: unit.output,
    async start() {
      await applyUnit(stack, unit)
      const process = sides.streams.start(unit, commitMs.latency)
      await process.printed('RUNNING')
      return process
    },
  }
}

/** No hop at all: what is between the writer and the reader of one topic. */
export function floor(): Between {
  const [{ input }] = chainOf('floor', 1) as [UnitNames]
  return { name: 'floor', input, output: input, start: async () => undefined }
}

/** One hop against Streams and against no hop at all. */
export const oneHop: Scenario = {
  rows: Object.values(hopPlans),
  async measure(bench) {
    const measured = (between: Between) => () => measureHop(bench.stack, between, hopPace)
    const found = await interleaved(bench.run, {
      floor: measured(floor()),
      ours: measured(engineChain(bench, 1)),
      rival: measured(streamsHop(bench)),
    })
    const sample = (figure: keyof HopFigures): Sample => ({
      ours: found.ours[figure],
      rival: found.rival[figure],
    })
    const timed = (figure: 'p50Ms' | 'p99Ms'): Sample => ({
      ...sample(figure),
      floor: found.floor[figure],
    })
    return new Map([
      [hopPlans.p50.id, timed('p50Ms')],
      [hopPlans.p99.id, timed('p99Ms')],
      [hopPlans.cpu.id, sample('cpuMicros')],
      [hopPlans.rss.id, sample('peakMegabytes')],
    ])
  },
}

/** Four hops against one. */
export const fourHops: Scenario = {
  rows: [chainPlan],
  async measure(bench) {
    const measured = (between: Between) => () => measureHop(bench.stack, between, chainPace)
    const found = await interleaved(bench.run, {
      floor: measured(floor()),
      one: measured(engineChain(bench, 1)),
      four: measured(engineChain(bench, 4)),
    })
    const { floor: none, one, four } = found
    return new Map([[chainPlan.id, { ours: four.p50Ms, rival: one.p50Ms, floor: none.p50Ms }]])
  },
}
