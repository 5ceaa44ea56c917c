import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { closedLoop, pacedCalls } from '#tests/bench/payments/calls'

const { signal } = new AbortController()

describe('callers that wait for their answer', () => {
  it('are never more than were asked for, and call as often as they are answered', async () => {
    let [out, most] = [0, 0]
    const figures = await closedLoop({ callers: 4, forMs: 300, signal }, async () => {
      most = Math.max(most, ++out)
      await sleep(10)
      out -= 1
    })
    expect(most).toBe(4)
    expect(figures.calls).toBeGreaterThan(20)
    expect(figures.perSecond).toBeLessThanOrEqual(400)
    expect(figures.p50Ms).toBeGreaterThanOrEqual(9)
  })

  it('end where there is nothing left to call', async () => {
    const numbers: number[] = []
    await closedLoop({ callers: 4, forMs: 60_000, signal, from: 5, callsMax: 10 }, async (n) => {
      numbers.push(n)
      await sleep(1)
    })
    expect(numbers).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })

  it('fail with a call that fails', async () => {
    const work = closedLoop({ callers: 2, forMs: 10_000, signal }, async () => {
      throw new Error('no row')
    })
    await expect(work).rejects.toThrow('no row')
  })
})

describe('calls at a pace', () => {
  it('do not wait for each other, and count from when they were due', async () => {
    const numbers: number[] = []
    const figures = await pacedCalls({ perSecond: 100, forMs: 300, signal, from: 7 }, async (n) => {
      numbers.push(n)
      await sleep(100)
    })
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 7))
    expect(figures.calls).toBe(30)
    // One caller would have needed three seconds.
    expect(figures.perSecond).toBeGreaterThan(20)
    expect(figures.p50Ms).toBeGreaterThanOrEqual(99)
  })

  it('fail with a call that fails', async () => {
    const work = pacedCalls({ perSecond: 100, forMs: 60_000, signal }, async (n) => {
      if (n === 3) throw new Error('no answer')
    })
    await expect(work).rejects.toThrow('no answer')
  })
})
