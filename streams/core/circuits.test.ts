import { beforeEach, describe, expect, it } from 'vitest'
import { Circuits } from '#core/circuits'

let nowMs = 0
let changes: string[] = []
let circuits = newCircuits()
function newCircuits() {
  return new Circuits({
    failuresMax: 3,
    pauseMsFirst: 100,
    pauseMsMax: 300,
    now: () => nowMs,
    onChange: ({ party, state, reason }) => changes.push(`${party} ${state}: ${reason}`),
  })
}
beforeEach(() => {
  nowMs = 1_000
  changes = []
  circuits = newCircuits()
})
const fail = (times: number, party = 'a') => {
  for (let n = 1; n <= times; n++) circuits.failed(party, `try ${n}`)
}

describe('a circuit', () => {
  it('lets calls through until as many failed in a row', () => {
    fail(2)
    circuits.answered('a')
    fail(2)
    expect([circuits.waitMs('a'), changes]).toEqual([0, []])
  })

  it('opens for that party and no other', () => {
    fail(3)
    expect([circuits.waitMs('a'), circuits.waitMs('b')]).toEqual([100, 0])
    expect(changes).toEqual(['a open: try 3'])
    expect(circuits.list()).toEqual([
      { party: 'a', state: 'open', sinceMs: 1_000, reason: 'try 3' },
    ])
  })

  it('lets one probe through after its pause, and nobody beside it', () => {
    fail(3)
    nowMs += 100
    expect(circuits.waitMs('a')).toBe(0)
    circuits.begin('a')
    expect(circuits.waitMs('a')).toBe(100)
    expect(circuits.list()[0]?.state).toBe('half-open')
  })

  it('pauses twice as long after each probe that failed, up to a limit', () => {
    fail(3)
    for (const pauseMs of [200, 300, 300]) {
      nowMs += circuits.waitMs('a')
      circuits.begin('a')
      circuits.failed('a', 'still away')
      expect(circuits.waitMs('a')).toBe(pauseMs)
    }
  })

  it('is not prolonged by calls that were out when it opened', () => {
    fail(6)
    expect(circuits.waitMs('a')).toBe(100)
    expect(changes).toHaveLength(1)
  })

  it('pauses no longer than its pause where the clock is set back meanwhile', () => {
    fail(3)
    nowMs -= 3_600_000
    expect(circuits.waitMs('a')).toBe(100)
    nowMs += 100
    expect(circuits.waitMs('a')).toBe(0)
  })

  it('closes with the first answer', () => {
    fail(3)
    nowMs += 100
    circuits.begin('a')
    circuits.answered('a')
    expect([circuits.waitMs('a'), circuits.list()]).toEqual([0, []])
    expect(changes.at(-1)).toBe('a closed: it answers again')
  })

  it('probes again at once where a probe was given up', () => {
    fail(3)
    nowMs += 100
    circuits.begin('a')
    circuits.givenUp('a')
    expect(circuits.waitMs('a')).toBe(0)
  })
})
