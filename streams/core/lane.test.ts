import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Bell } from '#core/bell'
import { CallLimits } from '#core/call-limits'
import { Circuits } from '#core/circuits'
import { RejectedError, TransientError } from '#core/errors'
import { parkedRows } from '#core/example-parked'
import { input, recordOf } from '#core/example-unit'
import { noState } from '#core/handle-record'
import { Lane } from '#core/lane'
import type { Settled } from '#core/lane-entries'
import { defineTask, type Task } from '#core/processor'

const textOf = (value: unknown) => value as string
type Answer = (text: string, signal: AbortSignal) => Promise<void>

interface Given {
  readonly concurrency?: number
  readonly concurrencyPerParty?: number
  readonly timeoutMs?: number
  readonly overtakenMs?: number
  readonly attemptsMax?: number
  readonly onExhausted?: Task['onExhausted']
  readonly rows?: ReturnType<typeof parkedRows>
}

/**
 * A lane whose calls the test answers. A record is text: `a1 bank` is the first of the order key `a`, for the bank.
 * What it hands over is kept as the session would keep it.
 */
function laneOf(answer: Answer, given: Given = {}) {
  const { concurrency = 10, timeoutMs = 1_000, attemptsMax = 100, rows = parkedRows() } = given
  const calls: string[] = []
  const told: string[] = []
  const bell = new Bell()
  let nowMs = 1_000_000
  const task = defineTask({
    name: 'calling',
    input,
    outputs: [],
    orderBy: (value) => textOf(value).charAt(0),
    partyOf: (value) => textOf(value).split(' ')[1] ?? 'bank',
    concurrency,
    ...(given.concurrencyPerParty ? { concurrencyPerParty: given.concurrencyPerParty } : {}),
    timeoutMs,
    retry: { delayMsFirst: 1_000, delayMsMax: 1_000, attemptsMax },
    async run(value, { signal }) {
      calls.push(textOf(value))
      await answer(textOf(value), signal)
      return []
    },
    ...(given.onExhausted ? { onExhausted: given.onExhausted } : {}),
  })
  const circuits = new Circuits({ now: () => nowMs, onChange: ({ state }) => told.push(state) })
  const lane = new Lane({
    task,
    limits: new CallLimits(concurrency, given.concurrencyPerParty ?? concurrency),
    circuits,
    rows,
    surroundings: () => ({ state: noState, tables: {}, now: new Date() }),
    onTransient: (_, { message }, attempt) => told.push(`${attempt}: ${message}`),
    onEnded: () => bell.ring(),
    overtakenMs: given.overtakenMs ?? 10_000,
    now: () => nowMs,
  })
  onTestFinished(() => lane.abandon())
  let offset = 0
  const add = (...records: string[]) => {
    for (const text of records) {
      const record = { ...recordOf(Buffer.from(text)), offset: offset++ }
      lane.add({ record, value: text })
    }
  }
  const tell = (settled: Settled): string => {
    const { item, kind } = settled
    if (kind === 'done') {
      if (settled.place !== undefined) rows.rows.delete(settled.place)
      const { cause } = settled.outcome
      return `${textOf(item.value)} done${cause instanceof Error ? ` (${cause.message})` : ''}`
    }
    rows.rows.set(settled.row.place, settled.row)
    return `${textOf(item.value)} ${kind}`
  }
  /** One turn of the unit's loop. */
  const turn = () => {
    const settled = lane.collect().map(tell)
    lane.start()
    return settled
  }
  return {
    lane,
    add,
    turn,
    calls,
    told,
    rows,
    /** Turns of the loop until so much was handed over. */
    async until(count: number): Promise<string[]> {
      const all = turn()
      while (all.length < count) {
        await Promise.race([bell.rung(), sleep(20)])
        all.push(...turn())
      }
      return all
    },
    pass: (ms: number) => void (nowMs += ms),
  }
}

const never: Answer = () => new Promise(() => undefined)
const away: Answer = async () => {
  throw new TransientError('away')
}
const refuses =
  (...texts: string[]): Answer =>
  async (text) => {
    if (texts.includes(text)) throw new TransientError('away')
  }

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

  it('lets those behind it pass while its call is out for long', async () => {
    let answer = () => undefined as void
    const { add, until, rows, lane } = laneOf(
      (text) => (text === 'a1' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve()),
      { overtakenMs: 30 },
    )
    add('a1', 'b1', 'a2')
    expect(await until(3)).toEqual(['a1 parked', 'b1 done', 'a2 parked'])
    expect([lane.length, lane.isRunning, lane.parked]).toEqual([0, true, { keys: 1, records: 2 }])
    answer()
    expect(await until(2)).toEqual(['a1 done', 'a2 done'])
    expect([rows.rows.size, lane.parked]).toEqual([0, { keys: 0, records: 0 }])
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
