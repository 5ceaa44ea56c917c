import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { RejectedError, TransientError } from '#core/errors'
import { laneOf, never } from '#core/example-lane'

describe('a lane', () => {
  it('calls beside each other, one at a time for each order key, and hands over in order', async () => {
    const open = new Map<string, () => void>()
    const { add, turn, until, calls } = laneOf(
      (text) => new Promise((resolve) => open.set(text, resolve)),
    )
    add('a1', 'b1', 'a2')
    turn()
    expect(calls).toEqual(['a1', 'b1'])
    open.get('b1')?.()
    await sleep(5)
    expect(turn()).toEqual([])
    open.get('a1')?.()
    expect(await until(2)).toEqual(['a1 done', 'b1 done'])
    expect(calls).toEqual(['a1', 'b1', 'a2'])
  })

  it('keeps to its limits, in all and per party', async () => {
    const { add, turn, calls } = laneOf(never, { concurrency: 3, concurrencyPerParty: 2 })
    add('a bank', 'b bank', 'c bank', 'd post', 'e post')
    turn()
    expect(calls).toEqual(['a bank', 'b bank', 'd post'])
  })

  it('does not let records whose party has no room hold back those of another', async () => {
    const { add, turn, until, calls, lane } = laneOf(
      (text, signal) => (text.endsWith('bank') ? never(text, signal) : Promise.resolve()),
      { concurrencyPerParty: 1, overtakenMs: 0 },
    )
    add('a bank', 'b bank', 'c bank', 'd post')
    turn()
    expect(calls).toEqual(['a bank', 'd post'])
    expect(await until(4)).toEqual([
      'a bank parked',
      'b bank parked',
      'c bank parked',
      'd post done',
    ])
    expect(lane.length).toBe(0)
  })

  it('leaves those in their places where all are of one party', async () => {
    const { add, turn, lane } = laneOf(never, { concurrencyPerParty: 1 })
    add('a bank', 'b bank', 'c bank')
    turn()
    await sleep(5)
    expect([turn(), lane.length]).toEqual([[], 3])
  })

  it('tells a refusal from a bug, and neither is tried again', async () => {
    const { add, until, calls } = laneOf(async (text) => {
      throw text === 'a1' ? new RejectedError('no-such', 'nobody') : new TypeError('a bug')
    })
    add('a1', 'b1')
    expect(await until(2)).toEqual(['a1 done (nobody)', 'b1 done (a bug)'])
    expect(calls).toHaveLength(2)
  })

  it('tries again at once, twice', async () => {
    let tries = 0
    const { add, until, told } = laneOf(async () => {
      if (++tries < 3) throw new TransientError('away')
    })
    add('a1')
    expect(await until(1)).toEqual(['a1 done'])
    expect(told).toEqual(['1: away', '2: away'])
  })

  it('gives up a try that does not answer, whether or not it listens to its signal', async () => {
    let isAborted = false
    const { add, until, told } = laneOf(
      async (_, signal) => {
        signal.addEventListener('abort', () => (isAborted = true))
        await new Promise(() => undefined)
      },
      { timeoutMs: 20 },
    )
    add('a1')
    expect(await until(1)).toEqual(['a1 parked'])
    expect([isAborted, told[0]]).toEqual([true, '1: no answer within 20 ms'])
  })

  it('abandoned, gives up its calls and hands over nothing', async () => {
    const { lane, add, turn } = laneOf(never)
    add('a1', 'b1')
    turn()
    lane.abandon()
    await sleep(5)
    expect([turn(), lane.isRunning, lane.length]).toEqual([[], false, 0])
  })
})

describe('a lane while what it handed over is being committed', () => {
  const beside = async (texts: readonly string[], first: string) => {
    const { lane, add, until, calls } = laneOf(async () => undefined, { concurrency: 1 })
    add(...texts)
    expect(await until(1)).toEqual([first])
    calls.length = 0
    // Ended, and its place is free.
    await sleep(5)
    return { lane, calls }
  }

  it('gives free places to others', async () => {
    const { lane, calls } = await beside(['a1', 'b1', 'c1'], 'a1 done')
    lane.collect()
    lane.startMeanwhile()
    expect(calls).toEqual(['c1'])
  })

  it('holds back whoever comes after it, of its order key', async () => {
    const { lane, calls } = await beside(['a1', 'b1', 'b2'], 'a1 done')
    lane.collect()
    lane.startMeanwhile()
    expect(calls).toEqual([])
    lane.start()
    expect(calls).toEqual(['b2'])
  })

  it('holds back whoever comes after a parked record that is done', async () => {
    let isAway = true
    const { lane, add, turn, until, pass, calls } = laneOf(async () => {
      if (isAway) throw new TransientError('away')
    })
    add('a1')
    expect(await until(1)).toEqual(['a1 parked'])
    isAway = false
    pass(2_000)
    turn()
    await sleep(5)
    add('a2')
    expect(lane.collect()).toHaveLength(1)
    lane.startMeanwhile()
    expect(calls.at(-1)).toBe('a1')
    lane.start()
    expect(calls.at(-1)).toBe('a2')
  })
})

describe('a lane that is drained', () => {
  it('lets its calls end, starts no other and drops what nobody began', async () => {
    const { lane, add, turn, until, calls } = laneOf(() => sleep(20), { concurrency: 1 })
    add('a1', 'b1')
    turn()
    lane.drain()
    expect(lane.length).toBe(1)
    expect(await until(1)).toEqual(['a1 done'])
    expect(calls).toEqual(['a1'])
  })

  it('parks one that never began where another behind it is done', async () => {
    let answer = () => undefined as void
    const { lane, add, turn, until } = laneOf((text) =>
      text === 'a1' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(),
    )
    add('a1', 'a2', 'b1', 'c1')
    turn()
    await sleep(5)
    lane.drain()
    answer()
    expect(await until(4)).toEqual(['a1 done', 'a2 parked', 'b1 done', 'c1 done'])
  })

  it('leaves a call that does not end to the next owner', async () => {
    const { lane, add, turn } = laneOf(never)
    add('a1', 'b1')
    turn()
    lane.drain()
    lane.leave()
    expect(turn()).toEqual(['a1 parked', 'b1 parked'])
  })
})
