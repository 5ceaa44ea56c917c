import { describe, expect, it } from 'vitest'
import type { CircuitState } from '#core/circuits'
import { circuitLevels } from '#core/circuit-levels'

/** The gauge after these changes, where two parties have a series of their own. */
function levelsAfter(changes: readonly (readonly [string, CircuitState])[]) {
  const shown = new Map<string, number>()
  const tell = circuitLevels('opener', { set: ({ party }, level) => shown.set(party, level) }, 2)
  for (const [party, state] of changes) tell({ party, state })
  return Object.fromEntries(shown)
}

describe('circuits on a gauge', () => {
  it('are shown by party: 0 closed, 1 half-open, 2 open', () => {
    expect(
      levelsAfter([
        ['a', 'open'],
        ['b', 'open'],
        ['a', 'half-open'],
        ['b', 'closed'],
      ]),
    ).toEqual({ a: 1, b: 0 })
  })

  it('of further parties are one series with the worst of them', () => {
    const two = [
      ['a', 'open'],
      ['b', 'open'],
    ] as const
    expect(levelsAfter([...two, ['c', 'open'], ['d', 'half-open']])['other']).toBe(2)
    const mended = [...two, ['c', 'open'], ['d', 'half-open'], ['c', 'closed']] as const
    expect(levelsAfter(mended)['other']).toBe(1)
    expect(levelsAfter([...mended, ['d', 'open'], ['d', 'closed']])['other']).toBe(0)
  })

  it('of a hundred thousand parties that are all away are three series', () => {
    const away = Array.from({ length: 100_000 }, (_, n) => [`bank-${n}`, 'open'] as const)
    expect(Object.keys(levelsAfter(away))).toEqual(['bank-0', 'bank-1', 'other'])
  })
})
