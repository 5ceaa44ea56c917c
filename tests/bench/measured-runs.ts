import type { RowPlan, Sample } from '#tests/bench/row'

/** Several rows that are measured together. */
export interface RowGroup<Bench> {
  readonly rows: readonly RowPlan[]
  /** One run: a sample of each row that is wanted, by its id, or several where each is one by itself. */
  measure(bench: Bench): Promise<ReadonlyMap<string, Sample | readonly Sample[]>>
}

interface Runs<Bench> {
  readonly groups: readonly RowGroup<Bench>[]
  readonly runs: number
  readonly isWanted: (id: string) => boolean
  /** What a run is measured with; runs count from 0. */
  readonly benchOf: (run: number) => Bench
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** All samples by row id. A run of a group that fails costs its own rows, and half an hour of others nothing. */
export async function measuredRuns<Bench>(
  given: Runs<Bench>,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const { groups, runs, isWanted, benchOf, report } = given
  const samples = new Map<string, Sample[]>()
  for (let run = 0; run < runs; run++) {
    for (const group of groups) {
      if (!group.rows.some(({ id }) => isWanted(id))) continue
      report(`run ${run + 1} of ${runs}: ${group.rows.map(({ id }) => id).join(', ')}`)
      for (const [id, sample] of await measuredOnce(group, benchOf(run), given)) {
        samples.set(id, [...(samples.get(id) ?? []), ...[sample].flat()])
      }
    }
  }
  return samples
}

async function measuredOnce<Bench>(
  group: RowGroup<Bench>,
  bench: Bench,
  { report, signal }: Pick<Runs<Bench>, 'report' | 'signal'>,
): Promise<ReadonlyMap<string, Sample | readonly Sample[]>> {
  try {
    return await group.measure(bench)
  } catch (error) {
    signal.throwIfAborted()
    report(`FAILED: ${error instanceof Error ? error.stack : String(error)}`)
    return new Map()
  }
}
