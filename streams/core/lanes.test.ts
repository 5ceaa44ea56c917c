import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Bell } from '#core/bell'
import { RejectedError, TransientError } from '#core/errors'
import { calling, counts, recordOf } from '#core/example-unit'
import { noState } from '#core/handle-record'
import { Lane } from '#core/lanes'

/** A lane whose calls are driven by the test, and what became of its records. */
function laneOf(
  call: (n: number, signal: AbortSignal) => Promise<void>,
  { timeoutMs, hasState = false }: { timeoutMs?: number; hasState?: boolean } = {},
) {
  let calls = 0
  const bell = new Bell()
  const transients: [number, string][] = []
  const lane = new Lane({
    task: {
      ...calling((signal) => call(++calls, signal), timeoutMs),
      ...(hasState ? { state: counts } : {}),
    },
    surroundings: () => ({ state: noState, tables: {}, now: new Date() }),
    onTransient: ({ offset }, { message }, attempt) => {
      transients.push([offset, `${attempt}: ${message}`])
    },
    onEnded: () => bell.ring(),
  })
  const add = (offset: number, outcome?: object) =>
    lane.add({
      record: { ...recordOf(null), offset },
      value: {},
      ...(outcome ? { outcome: outcome as never } : {}),
    })
  const ended = async () => {
    lane.next()
    do await bell.rung()
    while (lane.isRunning)
    return lane.collect()
  }
  return { lane, add, ended, transients, calls: () => calls }
}

const away = async () => {
  throw new TransientError('away')
}

describe('a lane', () => {
  it('calls one at a time and in order', async () => {
    const { lane, add, ended, calls } = laneOf(() => sleep(5))
    add(1)
    add(2)
    lane.next()
    lane.next()
    expect([calls(), lane.length]).toEqual([1, 2])
    expect((await ended()).map(({ record }) => record.offset)).toEqual([1, 2])
    expect(lane.collect()).toEqual([])
  })

  it('goes on while its results wait to be collected, unless the next call must see their rows', async () => {
    const stateless = laneOf(async () => undefined)
    stateless.add(1)
    stateless.add(2)
    await stateless.ended()
    expect(stateless.calls()).toBe(2)

    const { lane, add, calls } = laneOf(async () => undefined, { hasState: true })
    add(1)
    add(2)
    lane.next()
    await sleep(5)
    lane.next()
    await sleep(5)
    expect(calls()).toBe(1)
    expect(lane.collect()).toHaveLength(1)
    lane.next()
    expect(calls()).toBe(2)
  })

  it('tries again in place after a transient failure, and counts the tries', async () => {
    const { add, ended, transients } = laneOf((n) => (n < 3 ? away() : Promise.resolve()))
    add(1)
    expect((await ended())[0]?.outcome).toMatchObject({ attempts: 3, isBug: false })
    expect(transients).toEqual([
      [1, '1: away'],
      [1, '2: away'],
    ])
  })

  it('gives up a call that does not answer, whether or not it listens to its signal', async () => {
    let isAborted = false
    const { add, ended, transients } = laneOf(
      async (n, signal) => {
        signal.addEventListener('abort', () => (isAborted = true))
        if (n === 1) await new Promise(() => undefined)
      },
      { timeoutMs: 20 },
    )
    add(1)
    expect((await ended())[0]?.outcome.attempts).toBe(2)
    expect([isAborted, transients]).toEqual([true, [[1, '1: no answer within 20 ms']]])
  })

  it('keeps the place of a record that needs no call', async () => {
    const { add, ended, calls } = laneOf(() => sleep(5))
    add(1)
    add(2, { emissions: [], isBug: false, attempts: 0, lookedUp: [] })
    add(3)
    const offsets = (await ended()).map(({ record }) => record.offset)
    expect([offsets, calls()]).toEqual([[1, 2, 3], 2])
  })

  it('tells a refusal from a bug', async () => {
    const { add, ended } = laneOf(async (n) => {
      throw n === 1 ? new RejectedError('no-such', 'nobody') : new TypeError('a bug')
    })
    add(1)
    add(2)
    expect((await ended()).map(({ outcome }) => outcome)).toMatchObject([
      { isBug: false, cause: { code: 'no-such' } },
      { isBug: true, cause: { name: 'TypeError' } },
    ])
  })

  it('abandoned, gives up its call at once and hands over nothing', async () => {
    let isAborted = false
    const { lane, add, ended } = laneOf(async (_, signal) => {
      signal.addEventListener('abort', () => (isAborted = true))
      await new Promise(() => undefined)
    })
    add(1)
    add(2)
    const result = ended()
    lane.abandon()
    expect(await result).toEqual([])
    expect([isAborted, lane.isRunning, lane.length]).toEqual([true, false, 0])
  })

  it('drained, lets its call end and starts no other', async () => {
    const { lane, add, ended, calls } = laneOf(() => sleep(10))
    add(1)
    add(2)
    const result = ended()
    lane.drain()
    expect((await result)[0]?.record.offset).toBe(1)
    lane.next()
    expect([calls(), lane.length]).toEqual([1, 0])
  })

  it('drained, does not try again', async () => {
    const { lane, add, ended, calls } = laneOf(away)
    add(1)
    const result = ended()
    lane.drain()
    expect(await result).toEqual([])
    expect(calls()).toBe(1)
  })
})
