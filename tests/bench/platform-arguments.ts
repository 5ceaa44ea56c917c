import { parseArgs } from 'node:util'
import { rowsIn, whole } from '#tests/bench/asked-rows'

/** What a bench of the platform is told on its command line. */
export interface PlatformArguments {
  /** Row ids or their beginnings; empty: all. */
  readonly rows: readonly string[]
  readonly runs: number
  /** Of the full sizes; 1 is what the bars are meant for. */
  readonly share: number
  /** Folder for CPU profiles of the apps. */
  readonly profile: string | undefined
  readonly isHelp: boolean
}

/** The options of such a bench, as its help has them; `rows` are beginnings of its rows, as examples. */
export const optionsHelp = (rows: string) => `
  --rows <id,…>       only rows whose id begins so: ${rows}
  --runs <n>          runs of each row, 3 unless said otherwise; the table shows medians
  --share <x>         share of the full sizes, above 0 and up to 1; a row that was measured with less says so, and its bar
                      says little
  --profile <folder>  writes a CPU profile of each app there; it costs rate
  --help              this text
`

function shareOf(text: string): number {
  const share = Number(text)
  if (share > 0 && share <= 1) return share
  throw new Error(`--share ${text}: say a number above 0 and up to 1`)
}

/** Parses the command line. Throws a sentence for an option or a number it cannot use. */
export function platformArguments(args: readonly string[]): PlatformArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '' },
      runs: { type: 'string', default: '3' },
      share: { type: 'string', default: '1' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    rows: rowsIn(values.rows),
    runs: whole('--runs', values.runs, 1),
    share: shareOf(values.share),
    profile: values.profile,
    isHelp: values.help,
  }
}
