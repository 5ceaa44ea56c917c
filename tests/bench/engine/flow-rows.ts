import type { RowPlan, Sample } from '#tests/bench/row'
import { runFlow } from '#tests/bench/engine/flow'
import type { FlowFigures } from '#tests/bench/engine/flow-figures'
import { eventLoad, fewKeys, manyKeysOf } from '#tests/bench/engine/loads'
import { type Bench, interleaved, type Scenario } from '#tests/bench/engine/scenario'
import type { Sides } from '#tests/bench/engine/sides'

const atLeast = (value: number) => ({ of: 'ratio', is: 'at least', value }) as const
const atMost = (value: number) => ({ of: 'ratio', is: 'at most', value }) as const

const rate = { unit: 'records/s' } as const
const cpu = { unit: 'µs/record', rival: 'Streams' } as const

const plans = {
  statelessWhole: {
    id: 'stateless.whole',
    what: 'Avro in, Avro out, from process start',
    ...rate,
    rival: 'Streams',
    bar: atLeast(0.9),
  },
  statelessWarm: {
    id: 'stateless.warm',
    what: 'the last quarter of it',
    ...rate,
    rival: 'Streams',
    bar: atLeast(0.6),
  },
  cpuWarm: { id: 'cpu.warm', what: 'CPU of that quarter', ...cpu, bar: atMost(1.3) },
  overhead: {
    id: 'overhead',
    what: 'last quarter against a bare loop of the client',
    ...rate,
    rival: 'bare',
    bar: atLeast(0.6),
  },
  kafkajs: {
    id: 'kafkajs',
    what: 'last quarter against the same work on kafkajs',
    ...rate,
    rival: 'kafkajs',
    bar: atLeast(1.5),
  },
} satisfies Record<string, RowPlan>

type Names = 'engine' | 'streams' | 'bare' | 'kafkajs'
type Figures = Readonly<Partial<Record<Names, FlowFigures>>>

/** Samples of the rows whose both sides were measured. */
const compared = (
  { engine, ...rivals }: Figures,
  rows: readonly (readonly [string, Exclude<Names, 'engine'>, keyof FlowFigures])[],
): ReadonlyMap<string, Sample> =>
  new Map(
    rows.flatMap(([id, name, figure]): [string, Sample][] => {
      const rival = rivals[name]
      return engine && rival ? [[id, { ours: engine[figure], rival: rival[figure] }]] : []
    }),
  )

const works = (
  bench: Bench,
  names: readonly Names[],
  run: (side: Sides['flow'][Names]) => Promise<FlowFigures>,
) => {
  const entries = names.map((name) => [name, () => run(bench.sides.flow[name])] as const)
  return interleaved(bench.run, Object.fromEntries(entries))
}

/** The unit without state, against everybody. */
export const statelessFlow: Scenario = {
  rows: Object.values(plans),
  async measure(bench) {
    const { stack, records, isWanted } = bench
    const load = await eventLoad(stack, records, fewKeys)
    const isAgainstStreams = [plans.statelessWhole, plans.statelessWarm, plans.cpuWarm]
    const names: Names[] = [
      'engine',
      ...(isAgainstStreams.some(({ id }) => isWanted(id)) ? (['streams'] as const) : []),
      ...(isWanted(plans.overhead.id) ? (['bare'] as const) : []),
      ...(isWanted(plans.kafkajs.id) ? (['kafkajs'] as const) : []),
    ]
    const figures: Figures = await works(bench, names, (side) => runFlow(stack, side, load))
    return compared(figures, [
      [plans.statelessWhole.id, 'streams', 'wholeRate'],
      [plans.statelessWarm.id, 'streams', 'warmRate'],
      [plans.cpuWarm.id, 'streams', 'warmCpuMicros'],
      [plans.overhead.id, 'bare', 'warmRate'],
      [plans.kafkajs.id, 'kafkajs', 'warmRate'],
    ])
  },
}

interface StatefulRows {
  readonly id: string
  readonly what: string
  /** Records and keys for a run of so many records. */
  readonly sizes: (records: number) => { readonly records: number; readonly keys: number }
  readonly hasBar: boolean
}

const statefulFlow = ({ id, what, sizes, hasBar }: StatefulRows): Scenario => {
  const rivalled = { ...rate, rival: 'Streams' } as const
  const barred = <Bar>(bar: Bar) => (hasBar ? { bar } : {})
  const rows = [
    { id: `${id}.whole`, what, ...rivalled, ...barred(atLeast(1.1)) },
    { id: `${id}.warm`, what: 'the last quarter of it', ...rivalled, ...barred(atLeast(0.8)) },
    { id: `${id}.cpu`, what: 'CPU of that quarter', ...cpu, ...barred(atMost(1.3)) },
  ] as const
  return {
    rows,
    async measure(bench) {
      const { records, keys } = sizes(bench.records)
      const load = await eventLoad(bench.stack, records, keys)
      const figures: Figures = await works(bench, ['engine', 'streams'], (side) =>
        runFlow(bench.stack, side, load, true),
      )
      return compared(figures, [
        [rows[0].id, 'streams', 'wholeRate'],
        [rows[1].id, 'streams', 'warmRate'],
        [rows[2].id, 'streams', 'warmCpuMicros'],
      ])
    },
  }
}

/** Keyed state and a changelog, 10,000 keys. */
export const statefulFlowOfTheBar = statefulFlow({
  id: 'stateful',
  what: 'with keyed state, 10,000 keys',
  sizes: (records) => ({ records, keys: fewKeys }),
  hasBar: true,
})

/** As many keys as records: no row is hot. */
export const statefulFlowOfManyKeys = statefulFlow({
  id: 'stateful1m',
  what: 'with keyed state, as many keys as records',
  sizes: (records) => ({ records: manyKeysOf(records), keys: manyKeysOf(records) }),
  hasBar: false,
})
