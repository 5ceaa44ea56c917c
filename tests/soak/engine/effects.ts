import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { TransientError } from '#core/errors'
import { drawn } from '#tests/soak/engine/random'
import type { Effect } from '#tests/soak/engine/soak-units'

/** What the outside does, and where it keeps its own account. */
export interface EffectsSpec {
  /** A file that every process appends to: the one order of what happened outside. */
  readonly log: string
  readonly seed: number
  /** Records of a hundred that meet a failure, one to six times in a row. */
  readonly failPercent: number
  /** Longest time of a call, milliseconds. */
  readonly msMax: number
  /** Calls of a thousand that take so long that their record is parked meanwhile. */
  readonly slowPerMille: number
  /** Whether each party has a circuit. */
  readonly hasParties: boolean
}

/**
 * A line of the account: `begun`, `done`; `lost`, which is done too, but the answer was not heard; `failed`; `away`,
 * which is a call that met nobody.
 */
export type EffectWord = 'begun' | 'done' | 'lost' | 'failed' | 'away'

const failuresMax = 6

/** How often a record fails before it passes. */
export const failuresOf = ({ seed, failPercent }: EffectsSpec, sequence: number): number => {
  const draw = drawn(seed, sequence)
  return draw % 100 < failPercent ? 1 + (Math.floor(draw / 100) % failuresMax) : 0
}

const slowMs = { least: 300, span: 1_200 }

const isSlow = ({ seed, slowPerMille }: EffectsSpec, sequence: number): boolean =>
  drawn(seed + 1, sequence) % 1_000 < slowPerMille

/** How many of the first `sent` events have a call that takes so long. */
export const slowOf = (spec: EffectsSpec, sent: number): number =>
  Array.from({ length: sent }, (_, sequence) => sequence).filter((n) => isSlow(spec, n)).length

/** How long the call of an event takes, milliseconds: the same at each try. */
const callMsOf = (spec: EffectsSpec, sequence: number): number => {
  const draw = drawn(spec.seed, sequence)
  return isSlow(spec, sequence) ? slowMs.least + (draw % slowMs.span) : draw % (spec.msMax + 1)
}

/** The outside as a process calls it. */
export interface Outside {
  readonly effect: Effect
  /** The party answers nobody from now on. */
  away(party: string): void
  /** All answer again. */
  back(): void
}

export function openOutside(spec: EffectsSpec): Outside {
  // One write of one line: what several processes append lies one behind the other.
  const file = openSync(spec.log, 'a')
  const failed = new Map<number, number>()
  const absent = new Set<string>()
  return {
    async effect({ place, key, sequence, party }) {
      const note = (word: EffectWord) => writeSync(file, `${word} ${place} ${key} ${sequence}\n`)
      if (absent.has(party)) {
        note('away')
        throw new TransientError('the party does not answer')
      }
      note('begun')
      const callMs = callMsOf(spec, sequence)
      if (callMs > 0) await sleep(callMs)
      const failures = failed.get(sequence) ?? 0
      if (failures >= failuresOf(spec, sequence)) {
        failed.delete(sequence)
        return void note('done')
      }
      failed.set(sequence, failures + 1)
      // Every second time it was done all the same: nobody who waits can tell.
      note(failures % 2 === 0 ? 'failed' : 'lost')
      throw new TransientError('not now', { isOfParty: false })
    },
    away: (party) => void absent.add(party),
    back: () => absent.clear(),
  }
}
