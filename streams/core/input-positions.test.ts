import { describe, expect, it } from 'vitest'
import { recordOf } from '#core/example-unit'
import { positionsBehind } from '#core/input-positions'

const topic = 'in'
const at = (partition: number, offset: number) => ({ topic, partition, offset })
const record = (partition: number, offset: number) => ({ ...recordOf(null), partition, offset })
const reading = (given: { ends?: ReturnType<typeof at>[]; inHand?: readonly number[] } = {}) => ({
  topic,
  committed: new Map([
    [0, 5],
    [1, 7],
  ]),
  ends: given.ends ?? [],
  isInHand: (partition: number) => (given.inHand ?? []).includes(partition),
})

describe('where a unit goes on', () => {
  it('is behind the last record of each partition', () => {
    const records = [record(0, 5), record(0, 6), record(1, 9)]
    expect(positionsBehind(records, reading(), false)).toEqual([at(0, 7), at(1, 10)])
  })

  it('is where it was, with all its partitions, for a transaction without records', () => {
    expect(positionsBehind([], reading(), false)).toEqual([])
    expect(positionsBehind([record(1, 7)], reading(), true)).toEqual([at(0, 5), at(1, 8)])
  })

  it('is the end of what was read whole, and never before what was committed or is in hand', () => {
    const ends = [at(0, 8), at(1, 3)]
    expect(positionsBehind([], reading({ ends }), false)).toEqual([at(0, 8)])
    expect(positionsBehind([], reading({ ends, inHand: [0] }), false)).toEqual([])
  })
})
