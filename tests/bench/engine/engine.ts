import { loadavg } from 'node:os'
import { join } from 'node:path'
import { assertKnown, isWanted } from '#tests/bench/asked-rows'
import { type EngineArguments, engineArguments, engineHelp } from '#tests/bench/engine/arguments'
import { type BenchStack, openBenchStack } from '#tests/bench/engine/bench-stack'
import { benchConfig } from '#tests/bench/engine/config'
import { dirtyFlows } from '#tests/bench/engine/dirty-rows'
import {
  statefulFlowOfManyKeys,
  statefulFlowOfTheBar,
  statelessFlow,
} from '#tests/bench/engine/flow-rows'
import { fourHops, oneHop } from '#tests/bench/engine/hop-rows'
import { idleUnits } from '#tests/bench/engine/idle-rows'
import type { Bench, Scenario } from '#tests/bench/engine/scenario'
import { newSides } from '#tests/bench/engine/sides'
import { provideStreams } from '#tests/bench/engine/streams-rival'
import { takeover, takeoverOfManyRows } from '#tests/bench/engine/takeover-rows'
import { measuredRuns } from '#tests/bench/measured-runs'
import type { Result } from '#tests/bench/report'
import { rowOf, type RowPlan } from '#tests/bench/row'

const scenarios: readonly Scenario[] = [
  statelessFlow,
  statefulFlowOfTheBar,
  statefulFlowOfManyKeys,
  oneHop,
  fourHops,
  takeover,
  takeoverOfManyRows,
  idleUnits,
  ...dirtyFlows,
]

/** Every row of the bench, in the order of the table. */
export const enginePlans: readonly RowPlan[] = scenarios.flatMap(({ rows }) => rows)

interface Given {
  readonly args: readonly string[]
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** Text of `--help`, or the rows that were measured. A row whose run failed is not ok. */
export async function benchEngine({ args, report, signal }: Given): Promise<string | Result> {
  const asked = engineArguments(args)
  if (asked.isHelp) return engineHelp
  assertKnown(
    asked.rows,
    enginePlans.map(({ id }) => id),
  )
  const stack = await openBenchStack({ bench: 'engine', report, signal })
  try {
    const samples = await measured(stack, asked)
    const plans = enginePlans.filter(({ id }) => isWanted(asked.rows)(id))
    const [one = 0, five = 0] = loadavg()
    return {
      bench: 'engine',
      load: [one, five],
      config: benchConfig(asked),
      rows: plans.map((plan) => rowOf(plan, samples.get(plan.id) ?? [])),
    }
  } finally {
    await stack.close()
  }
}

async function measured(stack: BenchStack, asked: EngineArguments) {
  const { report, signal, kafka, event, row } = stack
  const place = { brokers: kafka.brokers, folder: join(stack.folder, 'streams'), event, row }
  const streams = await provideStreams({ ...place, report, signal })
  const sides = newSides(stack, streams, asked.profile)
  const wanted = isWanted(asked.rows)
  return measuredRuns({
    groups: scenarios,
    runs: asked.runs,
    isWanted: wanted,
    benchOf: (run): Bench => ({ stack, sides, records: asked.records, run, isWanted: wanted }),
    report,
    signal,
  })
}
