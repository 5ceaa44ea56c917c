import { describe, expect, it } from 'vitest'
import { PackedRecords } from '#core/native/packed-records'
import type { OutputRecord } from '#core/records'

const record = (more: Partial<OutputRecord> = {}): OutputRecord => ({
  topic: 'out',
  partition: null,
  key: 'è',
  value: Buffer.from('value'),
  headers: {},
  ...more,
})

/** The numbers before the texts: length, topic, partition, lengths of key and value, headers. */
const headOf = ({ bytes }: PackedRecords, at = 0) =>
  Array.from({ length: 6 }, (_, n) => bytes.readInt32LE(at + 4 * n))

describe('packed records', () => {
  it('lie one behind the other, each with its length first', () => {
    const packed = new PackedRecords()
    packed.add(record())
    packed.add(record({ topic: 'other', partition: 7, key: null, value: null }))
    expect(headOf(packed)).toEqual([31, 0, -1, 2, 5, 0])
    expect(packed.bytes.toString('utf8', 24, 31)).toBe('èvalue')
    expect(headOf(packed, 31)).toEqual([24, 1, 7, -1, -1, 0])
    expect(packed.length).toBe(55)
    expect(packed.topics).toEqual(['out', 'other'])
  })

  it('name a header by its number', () => {
    const packed = new PackedRecords()
    packed.add(record({ key: null, value: null, headers: { a: 'x', b: '' } }))
    packed.add(record({ key: null, value: null, headers: { b: 'y' } }))
    expect(packed.names).toEqual(['a', 'b'])
    const second = 24 + 9 + 8
    expect(packed.bytes.readInt32LE(second + 24)).toBe(1)
    expect(packed.bytes.toString('utf8', second + 32, packed.length)).toBe('y')
  })

  it('grow to any size', () => {
    const packed = new PackedRecords()
    packed.add(record())
    const value = Buffer.alloc(1_000_000, 'x')
    packed.add(record({ key: null, value }))
    expect(packed.bytes.toString('utf8', 24, 31)).toBe('èvalue')
    expect(packed.bytes.subarray(31 + 24, packed.length).equals(value)).toBe(true)
  })

  it('forget the names of headers, which anybody can make up', () => {
    const packed = new PackedRecords()
    packed.add(record({ headers: { a: 'x' } }))
    packed.clear()
    expect([packed.length, packed.topics, packed.names]).toEqual([0, [], []])
    packed.add(record({ topic: 'other', headers: { b: 'x' } }))
    expect([packed.topics, packed.names]).toEqual([['other'], ['b']])
  })
})
