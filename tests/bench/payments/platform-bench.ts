import { availableParallelism, loadavg, totalmem } from 'node:os'
import { workerEnvironment } from '#apps/platform/worker-environment'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { nativeBatches } from '#core/native/load'
import { assertKnown, isWanted } from '#tests/bench/asked-rows'
import { openBenchStack } from '#tests/bench/engine/bench-stack'
import { measuredRuns } from '#tests/bench/measured-runs'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import { type BenchedWorker, openPlatform } from '#tests/bench/payments/platform'
import { type Sizes, sizesAt, smallerThanFull } from '#tests/bench/payments/sizes'
import { type PlatformArguments, platformArguments } from '#tests/bench/platform-arguments'
import type { Result } from '#tests/bench/report'
import { rowOf, type RowPlan } from '#tests/bench/row'

interface Given {
  readonly args: readonly string[]
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** A bench of the whole platform. */
export interface PlatformBench {
  /** Every row, in the order of the table. */
  readonly plans: readonly RowPlan[]
  /** Text of `--help`, or the rows that were measured. A row whose run failed is not ok. */
  run(given: Given): Promise<string | Result>
}

interface Parts {
  readonly bench: string
  readonly help: string
  readonly groups: readonly PaymentsGroup[]
  /** Its workers run all units with the options of `corrente start`, unless it says otherwise. */
  readonly worker?: Partial<BenchedWorker>
}

/** The bench that has these rows, measured on one stack with one configuration. */
export function platformBench({ bench, help, groups, worker: said }: Parts): PlatformBench {
  const worker: BenchedWorker = { units: [], nodeOptions: workerNodeOptions, ...said }
  const plans = groups.flatMap(({ rows }) => rows)
  return {
    plans,
    async run({ args, report, signal }) {
      const asked = platformArguments(args)
      if (asked.isHelp) return help
      assertKnown(
        asked.rows,
        plans.map(({ id }) => id),
      )
      const sizes = sizesAt(asked.share)
      const wanted = isWanted(asked.rows)
      const stack = await openBenchStack({ bench, report, signal })
      try {
        const platform = await openPlatform(stack, { profile: asked.profile, worker })
        const samples = await measuredRuns({
          groups,
          runs: asked.runs,
          isWanted: wanted,
          benchOf: () => ({ stack, platform, sizes }),
          report,
          signal,
        })
        const asRows = plansAt(groups, sizes).filter(({ id }) => wanted(id))
        const [one = 0, five = 0] = loadavg()
        return {
          bench,
          load: [one, five],
          config: configOf(asked, worker, looked(groups, sizes)),
          rows: asRows.map((plan) => rowOf(plan, samples.get(plan.id) ?? [])),
        }
      } finally {
        await stack.close()
      }
    },
  }
}

/** The rows, each with what was smaller than its bar is meant for. */
const plansAt = (groups: readonly PaymentsGroup[], sizes: Sizes): readonly RowPlan[] =>
  groups.flatMap(({ rows, sizes: names }) => {
    const smaller = smallerThanFull(sizes, names)
    return rows.map((plan) => (smaller === undefined ? plan : { ...plan, smaller }))
  })

/** Of the sizes those that any row depends on. */
const looked = (groups: readonly PaymentsGroup[], sizes: Sizes) =>
  Object.fromEntries(groups.flatMap((group) => group.sizes.map((name) => [name, sizes[name]])))

/** The one configuration of all rows, as it is printed. */
const configOf = (
  { runs, share, profile }: PlatformArguments,
  worker: BenchedWorker,
  sizes: Partial<Sizes>,
) => ({
  runs,
  share,
  sizes,
  isProfiled: profile !== undefined,
  machine: {
    cores: availableParallelism(),
    gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  apps: {
    are: 'processes, as corrente start runs them',
    hasNativeBatches: nativeBatches !== undefined,
    workerEnvironment,
    workerNodeOptions: worker.nodeOptions,
    workerUnits: worker.units.length === 0 ? 'all' : worker.units,
    logLevel: process.env['LOG_LEVEL'] ?? 'info',
  },
  broker: {
    version: '4.3.1',
    heap: '-Xmx512m',
    options: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  },
})
