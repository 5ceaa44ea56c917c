import { describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { TransientError } from '#core/errors'
import { away, laneOf, refuses } from '#core/example-lane'

describe('a record that must wait', () => {
  it('is parked: others pass, later ones of its order key queue behind it', async () => {
    const { add, until, calls, rows } = laneOf(refuses('a1'))
    add('a1', 'b1', 'a2')
    expect(await until(3)).toEqual(['a1 parked', 'b1 done', 'a2 parked'])
    expect(calls).toEqual(['a1', 'b1', 'a1', 'a1'])
    expect([...rows.rows.values()]).toMatchObject([
      { place: 'a/000000000001', attempts: 3, error: 'away', party: 'bank' },
      { place: 'a/000000000002', attempts: 0, error: null },
    ])
  })

  it('is tried again when it is due, and its queue runs after it in order', async () => {
    const isAway = new Set(['a1'])
    const { add, turn, until, calls, rows, pass } = laneOf(async (text) => {
      if (isAway.has(text)) throw new TransientError('away')
    })
    add('a1', 'a2', 'a3')
    await until(3)
    calls.length = 0
    turn()
    expect(calls).toEqual([])
    pass(1_000)
    expect(await until(1)).toEqual(['a1 postponed'])
    expect(rows.get('a/000000000001')?.attempts).toBe(4)
    isAway.clear()
    pass(1_000)
    add('a4')
    expect(await until(4)).toEqual(['a4 parked', 'a1 done', 'a2 done', 'a3 done'])
    expect(await until(1)).toEqual(['a4 done'])
    expect([calls, rows.rows.size]).toEqual([['a1', 'a1', 'a2', 'a3', 'a4'], 0])
  })

  it('is the same after a restart', async () => {
    const first = laneOf(refuses('a1'))
    first.add('a1', 'a2')
    await first.until(2)
    const second = laneOf(async () => undefined, { rows: first.rows })
    second.pass(1_000)
    expect(await second.until(2)).toEqual(['a1 done', 'a2 done'])
  })

  it('waits no longer than its policy says where the clock is set back meanwhile, or over a restart', async () => {
    const isAway = new Set(['a1', 'b1 post'])
    const first = laneOf(async (text) => {
      if (isAway.has(text)) throw new TransientError('away')
    })
    first.add('a1', 'a2', 'b1 post')
    await first.until(3)
    first.pass(-3_600_000)
    first.turn()
    isAway.delete('a1')
    first.pass(1_000)
    expect(await first.until(3)).toEqual(['a1 done', 'b1 post postponed', 'a2 done'])
    const second = laneOf(async () => undefined, { rows: first.rows })
    second.pass(-2 * 3_600_000)
    second.turn()
    second.pass(1_000)
    expect(await second.until(1)).toEqual(['b1 post done'])
  })

  it('lets those behind it pass sooner where its first try did not pass', async () => {
    let tries = 0
    const { add, until } = laneOf(
      async (text) => {
        if (text === 'a1' && ++tries < 3) throw new TransientError('away')
      },
      { overtakenMs: 300 },
    )
    add('a1', 'b1')
    expect(await until(2)).toEqual(['a1 parked', 'b1 done'])
    expect(tries).toBe(1)
    expect(await until(1)).toEqual(['a1 done'])
  })

  it('lets those behind it pass while its call is out for long', async () => {
    let answer = () => undefined as void
    const { add, until, rows, lane, stands } = laneOf(
      (text) => (text === 'a1' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve()),
      { overtakenMs: 30 },
    )
    add('a1', 'b1', 'a2')
    expect(await until(3)).toEqual(['a1 parked', 'b1 done', 'a2 parked'])
    expect([lane.length, lane.isRunning]).toEqual([0, true])
    expect(lane.parked).toEqual({ keys: 1, records: 2 })
    answer()
    expect(await until(2)).toEqual(['a1 done', 'a2 done'])
    expect([rows.rows.size, lane.parked.keys, lane.parked.records]).toEqual([0, 0, 0])
    // The end of a1 does not set the unit back behind its place, where it would read the others again.
    expect(stands).toEqual([1, 2, 3])
  })

  it('stays in its place while nobody waits behind it', async () => {
    const { add, until } = laneOf(() => sleep(60), { overtakenMs: 30 })
    add('a1')
    expect(await until(1)).toEqual(['a1 done'])
  })

  it('whose tries are used up is what the task says of it, and its followers proceed', async () => {
    const asked: unknown[] = []
    const { add, until, pass } = laneOf(refuses('a1'), {
      attemptsMax: 4,
      onExhausted: async (value, { attempts, reason }) => {
        asked.push([value, attempts, reason])
        return []
      },
    })
    add('a1', 'a2')
    await until(2)
    pass(1_000)
    expect(await until(1)).toEqual(['a1 postponed'])
    pass(1_000)
    expect(await until(2)).toEqual(['a1 done', 'a2 done'])
    expect(asked).toEqual([['a1', 4, 'away']])
  })

  it('whose tries are used up is a dead letter where the task has no word for it', async () => {
    const { add, until, calls, pass } = laneOf(away, { attemptsMax: 2 })
    add('a1')
    expect(await until(1)).toEqual(['a1 parked'])
    pass(1_000)
    expect(await until(1)).toEqual(['a1 done (2 tries, the last: away)'])
    expect(calls).toHaveLength(2)
  })
})

describe('a party that has no room for more calls', () => {
  it('is called as room comes, and each head that waits for it was looked at once', async () => {
    const isAway = new Set(['bank'])
    const { add, until, turn, pass, rows, calls } = laneOf(
      async (text) => {
        if (isAway.has('bank')) throw new TransientError(`no ${text}`)
        await sleep(5)
      },
      { concurrency: 4, concurrencyPerParty: 2 },
    )
    const records = [...'abcdefghij'].map((key) => `${key}1`)
    add(...records)
    await until(records.length)
    isAway.clear()
    calls.length = 0
    let looks = 0
    const { get } = rows
    rows.get = (place) => {
      looks += 1
      return get(place)
    }
    pass(1_000)
    turn()
    for (let n = 0; n < 100; n++) {
      pass(50)
      turn()
    }
    expect(calls.length).toBeLessThanOrEqual(2)
    await until(records.length)
    expect(calls.sort()).toEqual(records)
    expect(looks).toBeLessThanOrEqual(3 * records.length)
  })
})

describe('a party that is away', () => {
  it('is not called any more but for one probe at a time; others are', async () => {
    const { add, turn, until, calls, told, pass } = laneOf((text, signal) =>
      text.endsWith('bank') ? away(text, signal) : Promise.resolve(),
    )
    add('a bank', 'b bank')
    await until(2)
    expect(told).toContain('open')
    calls.length = 0
    add('c bank', 'd post', 'e bank')
    expect(await until(3)).toEqual(['c bank parked', 'd post done', 'e bank parked'])
    expect(calls).toEqual(['d post'])
    pass(10_000)
    turn()
    turn()
    expect(calls.slice(1)).toHaveLength(1)
  })

  it('is called for all who wait once it answers', async () => {
    let isAway = true
    const { add, until, told, pass } = laneOf(async () => {
      if (isAway) throw new TransientError('away')
    })
    add('a1', 'b1', 'c1')
    await until(3)
    isAway = false
    pass(10_000)
    expect((await until(3)).sort()).toEqual(['a1 done', 'b1 done', 'c1 done'])
    expect(told.at(-1)).toBe('closed')
  })
})
