import { describe, expect, it } from 'vitest'
import { behind, type InputRecord, runsOf } from '#core/records'

const record = (topic: string, partition: number, offset: number): InputRecord => ({
  topic,
  partition,
  offset,
  key: null,
  value: null,
  timestamp: 0,
  headers: {},
})
const [a, b, c, d] = [record('a', 0, 3), record('a', 0, 7), record('a', 1, 5), record('b', 1, 6)]

describe('records of one read', () => {
  it('are parted where the partition or the topic changes', () => {
    expect(runsOf([a, b, c, d, a])).toEqual([[a, b], [c], [d], [a]])
  })

  it('none are no runs', () => {
    expect(runsOf([])).toEqual([])
  })

  it('lead to the position behind the last of a run, whatever gaps there are', () => {
    expect(behind([a, b])).toEqual({ topic: 'a', partition: 0, offset: 8 })
  })
})
