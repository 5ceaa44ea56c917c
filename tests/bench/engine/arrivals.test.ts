import { describe, expect, it } from 'vitest'
import { Arrivals } from '#tests/bench/engine/arrivals'
import { benchEvent, keyOf } from '#tests/bench/engine/bench-events'

const output = (version: string, place: string) => ({
  ...benchEvent(0, keyOf(0)),
  app_id: `unit:${version}`,
  transaction_id: place,
})

describe('outputs as they came', () => {
  const arrivals = new Arrivals()
  arrivals.add(output('a', '0/0'), 100)
  arrivals.add(output('a', '1/0'), 110)
  arrivals.add(output('b', '2/0'), 120)
  arrivals.add(output('b', '1/1'), 130)

  it('tell when a process wrote first, and when it first wrote of certain partitions', () => {
    expect(arrivals.firstOf('b')).toBe(120)
    expect(arrivals.firstOf('b', new Set([0, 1]))).toBe(130)
    expect(arrivals.firstOf('c')).toBeUndefined()
  })

  it('tell of which partitions a process has written lately', () => {
    expect(arrivals.partitionsOf('a', 0)).toEqual(new Set([0, 1]))
    expect(arrivals.partitionsOf('a', 105)).toEqual(new Set([1]))
  })

  it('are counted by their inputs, and an input with two is an error', () => {
    expect(arrivals.count).toBe(4)
    const doubled = new Arrivals()
    doubled.add(output('a', '0/7'), 1)
    doubled.add(output('b', '0/7'), 2)
    expect(() => doubled.count).toThrow('the input 0/7 has two outputs')
  })
})
