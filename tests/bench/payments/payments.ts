import { availableParallelism, loadavg, totalmem } from 'node:os'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { nativeBatches } from '#core/native/load'
import { assertKnown, isWanted } from '#tests/bench/asked-rows'
import { openBenchStack } from '#tests/bench/engine/bench-stack'
import { measuredRuns } from '#tests/bench/measured-runs'
import {
  type PaymentsArguments,
  paymentsArguments,
  paymentsHelp,
} from '#tests/bench/payments/arguments'
import { createAtPace, createSustained } from '#tests/bench/payments/create-rows'
import { memory } from '#tests/bench/payments/memory-rows'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import { openPlatform } from '#tests/bench/payments/platform'
import { poller } from '#tests/bench/payments/poller-rows'
import { proxy } from '#tests/bench/payments/proxy-rows'
import { pull } from '#tests/bench/payments/pull-rows'
import { type Sizes, sizesAt, smallerThanFull } from '#tests/bench/payments/sizes'
import { viewLag } from '#tests/bench/payments/view-lag-rows'
import type { Result } from '#tests/bench/report'
import { rowOf, type RowPlan } from '#tests/bench/row'

const groups: readonly PaymentsGroup[] = [
  createAtPace,
  createSustained,
  proxy,
  pull,
  viewLag,
  poller,
  memory,
]

/** Every row of the bench, in the order of the table. */
export const paymentsPlans: readonly RowPlan[] = groups.flatMap(({ rows }) => rows)

interface Given {
  readonly args: readonly string[]
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** Text of `--help`, or the rows that were measured. A row whose run failed is not ok. */
export async function benchPayments({ args, report, signal }: Given): Promise<string | Result> {
  const asked = paymentsArguments(args)
  if (asked.isHelp) return paymentsHelp
  assertKnown(
    asked.rows,
    paymentsPlans.map(({ id }) => id),
  )
  const sizes = sizesAt(asked.share)
  const wanted = isWanted(asked.rows)
  const stack = await openBenchStack({ bench: 'payments', report, signal })
  try {
    const platform = await openPlatform(stack, asked.profile)
    const samples = await measuredRuns({
      groups,
      runs: asked.runs,
      isWanted: wanted,
      benchOf: () => ({ stack, platform, sizes }),
      report,
      signal,
    })
    const plans = plansAt(sizes).filter(({ id }) => wanted(id))
    const [one = 0, five = 0] = loadavg()
    return {
      bench: 'payments',
      load: [one, five],
      config: configOf(asked, sizes),
      rows: plans.map((plan) => rowOf(plan, samples.get(plan.id) ?? [])),
    }
  } finally {
    await stack.close()
  }
}

/** The rows, each with what was smaller than its bar is meant for. */
const plansAt = (sizes: Sizes): readonly RowPlan[] =>
  groups.flatMap(({ rows, sizes: looked }) => {
    const smaller = smallerThanFull(sizes, looked)
    return rows.map((plan) => (smaller === undefined ? plan : { ...plan, smaller }))
  })

/** The one configuration of all rows, as it is printed. */
const configOf = ({ runs, share, profile }: PaymentsArguments, sizes: Sizes) => ({
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
    workerNodeOptions,
    logLevel: process.env['LOG_LEVEL'] ?? 'info',
  },
  broker: {
    version: '4.3.1',
    heap: '-Xmx512m',
    options: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  },
})
