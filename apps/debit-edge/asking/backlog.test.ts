import { describe, expect, it } from 'vitest'
import { Backlog } from '#apps/debit-edge/asking/backlog'

/** Accounts `a…` lie in partition 0, all others in 1. */
function scene() {
  const clock = { ms: 0 }
  const partitionOf = (accountId: string) => (accountId.startsWith('a') ? 0 : 1)
  return { clock, backlog: new Backlog({ partitionOf, now: () => clock.ms }) }
}

describe('what waits to be decided', () => {
  it('is too long once the oldest of it has waited for more than a second, in its partition alone', () => {
    const { clock, backlog } = scene()
    backlog.add('1', 'a1')
    clock.ms = 900
    backlog.add('2', 'a2')
    clock.ms = 1_000
    expect(backlog.isTooLong('a9')).toBe(false)
    clock.ms = 1_001
    expect(backlog.isTooLong('a9')).toBe(true)
    expect(backlog.isTooLong('b1')).toBe(false)
  })

  it('is as long as what is behind the last that was decided', () => {
    const { clock, backlog } = scene()
    for (const [at, id] of ['1', '2', '3'].entries()) {
      clock.ms = at * 100
      backlog.add(id, 'a1')
    }
    clock.ms = 1_150
    expect(backlog.isTooLong('a1')).toBe(true)
    backlog.decided('2', 0)
    expect(backlog.isTooLong('a1')).toBe(false)
    clock.ms = 1_201
    expect(backlog.isTooLong('a1')).toBe(true)
    backlog.decided('3', 0)
    expect(backlog.isTooLong('a1')).toBe(false)
  })

  it('does not change by what another edge has asked', () => {
    const { clock, backlog } = scene()
    backlog.add('1', 'a1')
    clock.ms = 2_000
    backlog.decided('theirs', 0)
    backlog.decided('1', 1)
    expect(backlog.isTooLong('a1')).toBe(true)
  })

  it('is forgotten after fifteen seconds: it may never have come to the log', () => {
    const { clock, backlog } = scene()
    backlog.add('1', 'a1')
    clock.ms = 500
    backlog.add('2', 'a1')
    clock.ms = 15_001
    expect(backlog.isTooLong('a1')).toBe(true)
    clock.ms = 15_501
    expect(backlog.isTooLong('a1')).toBe(false)
  })
})
