import { parseArgs } from 'node:util'
import type { StartPoint } from '#core/first-start'

/** What the worker is told on its command line. */
export interface WorkerArguments {
  readonly only: readonly string[]
  readonly except: readonly string[]
  readonly from: StartPoint | undefined
  readonly isHelp: boolean
}

export const workerHelp = `corrente worker: runs stream processors and tasks

  --only <unit,…>     run these units only
  --except <unit,…>   run all units but these
  --from <point>      where units that never ran begin: earliest, latest, or an instant (ISO 8601);
                      without it a unit that never ran refuses to start
  --help              this text
`

function list(option: string, text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const names = text.split(',').filter((name) => name !== '')
  if (names.length === 0) throw new Error(`${option} names no unit: say ${option} <unit,…>`)
  return names
}

/** Parses the command line; throws a sentence for an option, a list or a start point it cannot use. */
export function workerArguments(args: readonly string[]): WorkerArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      except: { type: 'string' },
      from: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    only: list('--only', values.only),
    except: list('--except', values.except),
    from: startPoint(values.from),
    isHelp: values.help,
  }
}

function startPoint(text: string | undefined): StartPoint | undefined {
  if (text === undefined || text === 'earliest' || text === 'latest') return text
  const instant = new Date(text)
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(instant.getTime())) {
    throw new Error(
      `--from ${text}: say earliest, latest, or an instant such as 2026-01-15T10:00:00Z`,
    )
  }
  return instant
}

/** The units to run; throws a sentence naming what exists where a name is not a unit's or none is left. */
export function chosen<Named extends { readonly name: string }>(
  units: readonly Named[],
  { only, except }: Pick<WorkerArguments, 'only' | 'except'>,
): readonly Named[] {
  const names = units.map(({ name }) => name)
  const unknown = [...only, ...except].find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new Error(`${unknown} is not a unit; the units are ${names.join(', ')}`)
  }
  const left = units.filter(
    ({ name }) => (only.length === 0 || only.includes(name)) && !except.includes(name),
  )
  if (left.length === 0) {
    throw new Error(`--only and --except leave no unit to run of ${names.join(', ')}`)
  }
  return left
}
