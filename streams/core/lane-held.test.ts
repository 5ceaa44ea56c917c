import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { away, laneOf, never, refuses } from '#core/example-lane'

/** Turns of the loop until a record was tried in vain; nothing is handed over. */
async function heldOf({ turn, told }: Pick<ReturnType<typeof laneOf>, 'turn' | 'told'>) {
  do {
    expect(turn()).toEqual([])
    await sleep(20)
  } while (!told.includes('held: away'))
  expect(turn()).toEqual([])
}

describe('a record that no row can hold', () => {
  it('keeps its place while it is tried again, holds back those behind it, and says why', async () => {
    let isAway = true
    const { add, turn, until, calls, told, rows, pass } = laneOf(async (text) => {
      if (text.startsWith('a1') && isAway) throw new TransientError('away')
    })
    add('a1 bank large', 'a2 post', 'b1 post')
    await heldOf({ turn, told })
    expect(calls.filter((text) => text !== 'b1 post')).toEqual(Array(3).fill('a1 bank large'))
    isAway = false
    pass(499)
    calls.length = 0
    turn()
    expect(calls).toEqual([])
    pass(501)
    expect(await until(3)).toEqual(['a1 bank large done', 'a2 post done', 'b1 post done'])
    expect([calls, rows.rows.size]).toEqual([['a1 bank large', 'a2 post'], 0])
  })

  it('waits behind parked ones of its order key', async () => {
    const isAway = new Set(['a1'])
    const { add, until, told, pass } = laneOf(async (text) => {
      if (isAway.has(text)) throw new TransientError('away')
    })
    add('a1', 'a2 bank large', 'b1')
    expect(await until(1)).toEqual(['a1 parked'])
    isAway.clear()
    pass(1_000)
    expect(await until(3)).toEqual(['a1 done', 'a2 bank large done', 'b1 done'])
    expect(told).toContain('held: those before it wait')
  })

  it('is not tried while its party is away', async () => {
    const { add, turn, calls, told, until } = laneOf((text, signal) =>
      text.endsWith('large') ? Promise.resolve() : away(text, signal),
    )
    add('a1', 'b1')
    await until(2)
    calls.length = 0
    add('c1 bank large')
    expect(turn()).toEqual([])
    expect([calls, told.at(-1)]).toEqual([[], 'held: bank is away'])
  })

  it('is asked about where it is when its tries are used up', async () => {
    const { add, turn, until, told, pass } = laneOf(refuses('a1 bank large'), { attemptsMax: 3 })
    add('a1 bank large')
    await heldOf({ turn, told })
    pass(1_000)
    expect(await until(1)).toEqual(['a1 bank large done (3 tries, the last: away)'])
  })

  it('is left to the next owner where it has no answer at the end, with those behind it', async () => {
    const { add, turn, until, lane, rows } = laneOf((text, signal) =>
      text.endsWith('large') ? never(text, signal) : Promise.resolve(),
    )
    add('a1', 'b1 bank large', 'c1')
    expect(await until(1)).toEqual(['a1 done'])
    lane.drain()
    lane.leave()
    expect([turn(), rows.rows.size, lane.length]).toEqual([[], 0, 2])
  })
})
