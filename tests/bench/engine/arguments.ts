import { parseArgs } from 'node:util'
import { rowsIn, whole } from '#tests/bench/asked-rows'

/** What the bench of the engine is told on its command line. */
export interface EngineArguments {
  /** Row ids or their beginnings; empty: all. */
  readonly rows: readonly string[]
  readonly runs: number
  /** Records of a throughput run. */
  readonly records: number
  /** Folder for CPU profiles of the engine's processes. */
  readonly profile: string | undefined
  readonly isHelp: boolean
}

/** What is measured when nothing else is said, and what the bars are meant for. */
export const recordsFull = 400_000

export const engineHelp = `npm run bench engine -- [options]

Measures the engine against Kafka Streams, a bare client loop and kafkajs on an embedded Kafka of its own. Prints a table
and, last, one JSON line. All rows take about half an hour; leave the machine alone meanwhile.

  --rows <id,…>       only rows whose id begins so: stateless, hop.p50, takeover
  --runs <n>          runs of each row, 3 unless said otherwise; the table shows medians
  --records <n>       records of a throughput run, ${recordsFull} unless said otherwise; the rows with many keys have
                      two and a half times as many. The bars hold for the full number.
  --profile <folder>  writes a CPU profile of each engine process there; it costs rate
  --help              this text
`

/** Parses the command line. Throws a sentence for an option or a number it cannot use. */
export function engineArguments(args: readonly string[]): EngineArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '' },
      runs: { type: 'string', default: '3' },
      records: { type: 'string', default: String(recordsFull) },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    rows: rowsIn(values.rows),
    runs: whole('--runs', values.runs, 1),
    // Fewer are over before a sampler has seen them.
    records: whole('--records', values.records, 10_000),
    profile: values.profile,
    isHelp: values.help,
  }
}
