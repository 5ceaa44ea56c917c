import { beforeEach, describe, expect, it } from 'vitest'
import { Positions } from '#core/positions'

const at = (partition: number, offset: number, topic = 'in') => ({ topic, partition, offset })
const write = (partition: number, behind?: ReturnType<typeof at>) => ({
  partition,
  outputs: [],
  rows: [],
  ...(behind ? { behind } : {}),
})
const nothingInHand = () => false
let positions = new Positions('in')
beforeEach(() => {
  positions = new Positions('in')
  positions.assigned([at(0, 10), at(1, 20), at(0, 3, 'sent-back')])
})

describe('a transaction commits', () => {
  it('the positions behind its last records, of both inputs', () => {
    const writes = [write(0, at(0, 11)), write(0, at(0, 12)), write(0, at(0, 4, 'sent-back'))]
    expect(positions.behind(writes, nothingInHand)).toEqual([at(0, 12), at(0, 4, 'sent-back')])
  })

  it('the position of a partition it touches without a record of it, as it is', () => {
    expect(positions.behind([write(1)], nothingInHand)).toEqual([at(1, 20)])
    expect(positions.behind([write(0, at(0, 11)), write(0)], nothingInHand)).toEqual([at(0, 11)])
    expect(positions.behind([write(0), write(0, at(0, 11))], nothingInHand)).toEqual([at(0, 11)])
  })

  it('where it stands in every partition, once more, when that is asked for', () => {
    const all = [at(0, 11), at(1, 20), at(0, 3, 'sent-back')]
    expect(positions.behind([write(0, at(0, 11))], nothingInHand, true)).toEqual(all)
  })

  it('the end of what it has read whole, unless something before it is in hand', () => {
    positions.met(at(1, 25))
    expect(positions.behind([], nothingInHand)).toEqual([])
    positions.accepted()
    expect(positions.behind([], (partition) => partition === 1)).toEqual([])
    expect(positions.behind([], nothingInHand)).toEqual([at(1, 25)])
    positions.committed([at(1, 25)])
    expect(positions.behind([], nothingInHand)).toEqual([])
  })

  it('nothing of an end whose records were dropped', () => {
    positions.met(at(1, 25))
    positions.accepted()
    positions.dropped()
    expect(positions.behind([], nothingInHand)).toEqual([])
  })
})
