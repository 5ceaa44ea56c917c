import { describe, expect, it } from 'vitest'
import { Fencings } from '#core/fencings'

const seconds = 1_000

/** A unit's life on a clock of its own: what happens at which second, and what a fencing shows. */
const lived = (...events: readonly (readonly [at: number, what: 'fenced' | 'broker lost'])[]) => {
  let nowMs = 0
  const fencings = new Fencings(() => nowMs)
  const shown: boolean[] = []
  for (const [at, what] of events) {
    nowMs = at * seconds
    if (what === 'broker lost') fencings.brokerLost()
    else shown.push(fencings.isByRival())
  }
  return shown
}

describe('a fencing shows a second process in the slot', () => {
  it('the second time within a minute, not the first time', () => {
    expect(lived([10, 'fenced'], [15, 'fenced'])).toEqual([false, true])
    expect(lived([0, 'fenced'], [60, 'fenced'], [119, 'fenced'])).toEqual([false, false, true])
  })

  it('not within a minute of a broker that was lost, however often', () => {
    const restarts = [
      [0, 'broker lost'],
      [5, 'fenced'],
      [20, 'broker lost'],
      [25, 'fenced'],
      [40, 'broker lost'],
      [99, 'fenced'],
    ] as const
    expect(lived(...restarts)).toEqual([false, false, false])
  })

  it('once no broker was lost for a minute, the second time again', () => {
    const events = [
      [0, 'broker lost'],
      [59, 'fenced'],
      [61, 'fenced'],
      [66, 'fenced'],
    ] as const
    expect(lived(...events)).toEqual([false, false, true])
  })
})
