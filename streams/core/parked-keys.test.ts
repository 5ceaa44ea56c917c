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
    expect(parked.take(25)).toMatchObject({ orderKey: 'b', sequence: 1 })
    expect(parked.take(25)).toMatchObject({ orderKey: 'a', sequence: 1 })
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
    expect(parked.take(50)).toMatchObject({ orderKey: 'a', sequence: 1 })
  })

  it('let the follower go at once when the head is done, and forget an empty key', () => {
    parked.append('a', 10)
    parked.append('a', 10)
    parked.take(10)
    parked.done('a', 11)
    expect(parked.take(11)).toMatchObject({ orderKey: 'a', sequence: 2 })
    parked.done('a', 12)
    expect([parked.has('a'), parked.records, parked.take(99)]).toEqual([false, 0, undefined])
  })

  it('take a head whose call is out for one in hand', () => {
    parked.append('a', 0, { isInHand: true })
    parked.append('a', 0)
    expect(parked.take(99)).toBeUndefined()
    parked.done('a', 5)
    expect(parked.take(5)).toMatchObject({ orderKey: 'a', sequence: 2 })
  })

  it('of two that are due at once hand over the one that came first', () => {
    for (const orderKey of 'abcdefgh') parked.append(orderKey, 10)
    const heads = [...'abcdefgh'].map(() => parked.take(10)?.orderKey)
    expect(heads.join('')).toBe('abcdefgh')
  })

  it('are the same after a restart, in whatever order their rows are found', () => {
    parked.restore('a', 8, 0)
    parked.restore('b', 1, 5)
    parked.restore('a', 7, 30)
    parked.restore('a', 9, 0)
    expect([parked.keys, parked.records]).toEqual([2, 4])
    expect(parked.take(29)).toMatchObject({ orderKey: 'b', sequence: 1 })
    expect(parked.take(29)).toBeUndefined()
    expect(parked.take(30)).toMatchObject({ orderKey: 'a', sequence: 7 })
    expect(parked.append('a', 0)).toBe(10)
  })
})
