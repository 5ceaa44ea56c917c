import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { away, laneOf, never, refuses } from '#core/example-lane'

describe('a parked record that is released', () => {
  it('is called at once, and its queue runs after it in order', async () => {
    const isAway = new Set(['a1'])
    const { add, release, until, calls, stands, rows } = laneOf(async (text) => {
      if (isAway.has(text)) throw new TransientError('away')
    })
    add('a1', 'a2', 'a3')
    await until(3)
    isAway.clear()
    calls.length = 0
    release('a')
    add('a4')
    expect(await until(2)).toEqual(['a released', 'a4 parked'])
    expect(await until(4)).toEqual(['a1 done', 'a2 done', 'a3 done', 'a4 done'])
    expect([calls, rows.rows.size]).toEqual([['a1', 'a2', 'a3', 'a4'], 0])
    // What asked for it is behind the unit once, as a record is.
    expect(stands).toEqual([1, 2, 3, 4, 5])
  })

  it('is due in its row, so that one who takes over finds it so', async () => {
    const first = laneOf(refuses('a1'))
    first.add('a1', 'a2')
    await first.until(2)
    first.release('a')
    expect(await first.until(1)).toEqual(['a released'])
    const second = laneOf(async () => undefined, { rows: first.rows })
    expect(await second.until(2)).toEqual(['a1 done', 'a2 done'])
  })

  it('is tried once more and waits again where that is in vain', async () => {
    const { add, release, until, rows, calls, turn } = laneOf(refuses('a1'))
    add('a1')
    await until(1)
    calls.length = 0
    release('a')
    expect(await until(2)).toEqual(['a released', 'a1 postponed'])
    turn()
    expect(calls).toEqual(['a1'])
    const row = rows.get('a/000000000001')!
    expect(row.attempts).toBe(4)
    expect(row.due_at).toBeGreaterThan(1_000_000)
  })

  it('is left alone where nothing of its key waits, or its call is out', async () => {
    const { add, release, until, calls } = laneOf(
      (text, signal) => (text === 'a1' ? never(text, signal) : Promise.resolve()),
      { overtakenMs: 0 },
    )
    add('a1', 'b1')
    expect(await until(2)).toEqual(['a1 parked', 'b1 done'])
    release('a')
    release('b')
    expect(await until(2)).toEqual(['a not waiting', 'b not waiting'])
    expect(calls).toEqual(['a1', 'b1'])
  })

  it('waits on where its party is away, until that is probed', async () => {
    const { add, release, until, turn, calls, pass } = laneOf(away)
    add('a1', 'b1')
    await until(2)
    calls.length = 0
    release('a')
    expect(await until(1)).toEqual(['a released'])
    turn()
    expect(calls).toEqual([])
    pass(1_000)
    turn()
    expect(calls).toEqual(['a1'])
  })
})
