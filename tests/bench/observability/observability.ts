import { availableParallelism, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { whole } from '#tests/bench/asked-rows'
import { openBenchStack } from '#tests/bench/engine/bench-stack'
import { partitions } from '#tests/bench/engine/bench-units'
import { measuredRuns } from '#tests/bench/measured-runs'
import { type ObservabilityBench, watchedSlices } from '#tests/bench/observability/slice-rows'
import type { Result } from '#tests/bench/report'
import { rowOf, type RowPlan } from '#tests/bench/row'

const help = `npm run bench observability -- [options]

Measures what metrics and traces cost: the CPU this process takes for a record, with and without, of the same unit on an
embedded Kafka of its own, in slices that take turns. Prints a table and, last, one JSON line. It takes some four minutes;
leave the machine alone meanwhile.

  --runs <n>      runs of all rows, 3 unless said otherwise; the table shows medians
  --slices <n>    slices of each row in a run, 6 unless said otherwise; a run's figure is their median
  --records <n>   records of a slice, 80000 unless said otherwise
  --help          this text
`

interface Asked {
  readonly runs: number
  readonly slices: number
  readonly records: number
}

const defaults = { runs: '3', slices: '6', records: '80000' } as const

/** Parses the command line; undefined where help is asked for. Throws a sentence for what it cannot use. */
export function observabilityArguments(args: readonly string[]): Asked | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: defaults.runs },
      slices: { type: 'string', default: defaults.slices },
      records: { type: 'string', default: defaults.records },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  return {
    runs: whole('--runs', values.runs, 1),
    slices: whole('--slices', values.slices, 1),
    records: whole('--records', values.records, 2_000),
  }
}

interface Given {
  readonly args: readonly string[]
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

async function run({ args, report, signal }: Given): Promise<string | Result> {
  const asked = observabilityArguments(args)
  if (!asked) return help
  const stack = await openBenchStack({ bench: 'observability', report, signal })
  try {
    const { records, slices } = asked
    const samples = await measuredRuns({
      groups: [watchedSlices],
      runs: asked.runs,
      isWanted: () => true,
      benchOf: (): ObservabilityBench => ({ stack, records, slices }),
      report,
      signal,
    })
    const [one = 0, five = 0] = loadavg()
    return {
      bench: 'observability',
      load: [one, five],
      config: configOf(asked),
      rows: watchedSlices.rows.map((plan) => rowOf(plan, samples.get(plan.id) ?? [])),
    }
  } finally {
    await stack.close()
  }
}

const configOf = (asked: Asked) => ({
  ...asked,
  partitions,
  machine: {
    cores: availableParallelism(),
    gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
})

/** The bench of what it costs to be watched. */
export const observability: {
  readonly run: typeof run
  readonly plans: readonly RowPlan[]
} = { run, plans: watchedSlices.rows }
