import { describe, expect, it } from 'vitest'
import { type RawRecord, RawRecords } from '#streams/exports/csv/raw-records'

const content = Buffer.from('a,"ñ\r\n""",漢\r\n\n"😀","\n"\n1,2')
const start = { at: 0, line: 1 }

function takenWith(cuts: readonly number[]): RawRecord[] {
  const raws = new RawRecords(start, 100)
  const edges = [0, ...cuts, content.length]
  return edges.slice(1).flatMap((end, index) => {
    const piece = content.subarray(edges[index], end)
    return [...raws.take(piece, index === edges.length - 2)]
  })
}

describe('the records in the bytes of a file', () => {
  it('end where a line does that is in no quotes', () => {
    expect(takenWith([])).toEqual([
      { text: 'a,"ñ\r\n""",漢', line: 1, from: 0, to: 16 },
      { text: '"😀","\n"', line: 4, from: 17, to: 28 },
      { text: '1,2', line: 6, from: 28, to: 31 },
    ])
  })

  it('are the same wherever the pieces end', () => {
    const whole = takenWith([])
    for (let first = 0; first <= content.length; first++) {
      expect(takenWith([first])).toEqual(whole)
      for (let second = first; second <= content.length; second++) {
        expect(takenWith([first, second])).toEqual(whole)
      }
    }
  })

  it('are given as soon as they are whole', () => {
    const raws = new RawRecords(start, 100)
    expect([...raws.take(Buffer.from('1,2\n3'), false)]).toHaveLength(1)
    expect([...raws.take(Buffer.from(',4\n'), false)]).toEqual([
      { text: '3,4', line: 2, from: 4, to: 8 },
    ])
    expect([...raws.take(Buffer.alloc(0), true)]).toEqual([])
  })

  it('may begin anywhere in a file', () => {
    const raws = new RawRecords({ at: 1_000, line: 50 }, 100)
    expect([...raws.take(Buffer.from('1,2\n'), true)]).toEqual([
      { text: '1,2', line: 50, from: 1_000, to: 1_004 },
    ])
  })

  it('are refused where one could not end any more', () => {
    const raws = new RawRecords(start, 10)
    expect(() => [...raws.take(Buffer.from('12345678901'), false)]).toThrow(
      'line 1: longer than 10',
    )
  })
})
