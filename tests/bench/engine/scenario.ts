import type { RowGroup } from '#tests/bench/measured-runs'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import type { Sides } from '#tests/bench/engine/sides'

/** What a scenario measures with. */
export interface Bench {
  readonly stack: BenchStack
  readonly sides: Sides
  /** Records of a throughput run. */
  readonly records: number
  /** Counts from 0; sides change their order from one run to the next. */
  readonly run: number
  /** Whether a row is asked for. */
  isWanted(id: string): boolean
}

/** Rows of the engine's bench that are measured together. */
export type Scenario = RowGroup<Bench>

/** Runs the pieces of work one after the other, in turn forwards and backwards: neither side always has the warm disk. */
export async function interleaved<Names extends string, Result>(
  run: number,
  work: Readonly<Record<Names, () => Promise<Result>>>,
): Promise<Readonly<Record<Names, Result>>> {
  const names = Object.keys(work) as Names[]
  const results = {} as Record<Names, Result>
  for (const name of run % 2 === 0 ? names : names.toReversed()) results[name] = await work[name]()
  return results
}
