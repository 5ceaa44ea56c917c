import { beforeEach, describe, expect, it } from 'vitest'
import { ParkedKeys, placeOf } from '#core/parked-keys'

let parked = new ParkedKeys()
beforeEach(() => {
  parked = new ParkedKeys()
})

describe('parked keys', () => {
  it('number the records of a key in the order they came', () => {
    expect([parked.append('a', 5), parked.append('b', 5), parked.append('a', 1)]).toEqual([1, 1, 2])
    expect([parked.keys, parked.records]).toEqual([2, 3])
    expect(placeOf('a', 2)).toBe('a/000000000002')
  })

  it('hand over the head that has been due longest, once', () => {
    parked.append('a', 20)
    parked.append('b', 10)
    parked.append('c', 30)
    expect(parked.take(25)).toEqual({ orderKey: 'b', sequence: 1 })
    expect(parked.take(25)).toEqual({ orderKey: 'a', sequence: 1 })
    expect(parked.take(25)).toBeUndefined()
  })

  it('hand over no follower while the head is in hand or waits, whatever its due time', () => {
    parked.append('a', 10)
    parked.append('a', 0)
    expect(parked.take(5)).toBeUndefined()
    parked.take(10)
    expect(parked.take(99)).toBeUndefined()
  })

  it('are due again when the head was given back, at its new time only', () => {
    parked.append('a', 10)
    parked.take(10)
    parked.giveBack('a', 50)
    expect(parked.take(49)).toBeUndefined()
    expect(parked.take(50)).toEqual({ orderKey: 'a', sequence: 1 })
  })

  it('let the follower go at once when the head is done, and forget an empty key', () => {
    parked.append('a', 10)
    parked.append('a', 10)
    parked.take(10)
    parked.done('a', 11)
    expect(parked.take(11)).toEqual({ orderKey: 'a', sequence: 2 })
    parked.done('a', 12)
    expect([parked.has('a'), parked.records, parked.take(99)]).toEqual([false, 0, undefined])
  })

  it('take a head whose call is out for one in hand', () => {
    parked.append('a', 0, { isInHand: true })
    parked.append('a', 0)
    expect(parked.take(99)).toBeUndefined()
    parked.done('a', 5)
    expect(parked.take(5)).toEqual({ orderKey: 'a', sequence: 2 })
  })

  it('wait for their party until one is recalled to probe it, or all are', () => {
    for (const orderKey of ['a', 'b', 'c']) {
      parked.append(orderKey, 0)
      parked.take(0)
      parked.putOff(orderKey, 'bank')
    }
    expect([parked.take(99), parked.partiesWaitedFor]).toEqual([undefined, ['bank']])
    parked.recall('bank', 1, 100)
    expect(parked.take(100)).toEqual({ orderKey: 'a', sequence: 1 })
    expect(parked.take(100)).toBeUndefined()
    parked.putOff('a', 'bank')
    parked.recall('bank', 9, 101)
    const recalled = [parked.take(101), parked.take(101), parked.take(101)]
    expect(recalled.map((head) => head?.orderKey).sort()).toEqual(['a', 'b', 'c'])
    expect(parked.partiesWaitedFor).toEqual([])
  })

  it('tell since when the longest waiting head waits, for the clock or for its party', () => {
    expect(parked.waitingSinceMs).toBe(Infinity)
    parked.append('a', 7)
    parked.append('b', 5)
    expect(parked.waitingSinceMs).toBe(5)
    for (const orderKey of ['b', 'a']) {
      parked.take(9)
      parked.putOff(orderKey, 'bank')
    }
    expect(parked.waitingSinceMs).toBe(5)
    parked.append('c', 8)
    parked.recall('bank', 1, 10)
    expect(parked.waitingSinceMs).toBe(7)
    parked.recall('bank', 1, 10)
    expect(parked.waitingSinceMs).toBe(8)
  })

  it('are the same after a restart, in whatever order their rows are found', () => {
    parked.restore('a', 8, 0)
    parked.restore('b', 1, 5)
    parked.restore('a', 7, 30)
    parked.restore('a', 9, 0)
    expect([parked.keys, parked.records]).toEqual([2, 4])
    expect(parked.take(29)).toEqual({ orderKey: 'b', sequence: 1 })
    expect(parked.take(29)).toBeUndefined()
    expect(parked.take(30)).toEqual({ orderKey: 'a', sequence: 7 })
    expect(parked.append('a', 0)).toBe(10)
  })
})
