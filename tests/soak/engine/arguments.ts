import { parseArgs } from 'node:util'
import type { SoakSize } from '#tests/soak/engine/scenario'

/** What the soak of the engine is told. */
export interface EngineSoakArguments {
  /** Names of scenarios; empty: all. */
  readonly only: readonly string[]
  readonly size: SoakSize
}

export const recordsFull = 1_000_000
export const killsFull = 100

/** The number a setting says. Throws a sentence where it is none or less than `least`. */
export function whole(
  name: string,
  text: string | undefined,
  otherwise: number,
  least: number,
): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`${name} is ${text}: say a whole number of at least ${least}`)
}

/** Reads the command line and `SOAK_*`. Throws a sentence for what it cannot use. */
export function engineSoakArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): EngineSoakArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true, default: [] } },
  })
  const only = values.only.flatMap((list) => list.split(','))
  const unknown = only.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: the scenarios are ${names.join(', ')}`)
  }
  return {
    only,
    size: {
      records: whole('SOAK_RECORDS', env['SOAK_RECORDS'], recordsFull, 10_000),
      kills: whole('SOAK_KILLS', env['SOAK_KILLS'], killsFull, 1),
      seed: whole('SOAK_SEED', env['SOAK_SEED'], Date.now() % 1_000_000, 0),
    },
  }
}
