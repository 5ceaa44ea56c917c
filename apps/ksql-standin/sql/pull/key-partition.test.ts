import { describe, expect, it } from 'vitest'
import { keyBytes, partitionOf } from '#apps/ksql-standin/sql/pull/key-partition'

describe('where a key lies', () => {
  it.each([
    ['p-0005', 0],
    ['p-part0', 0],
    ['p-0001', 1],
    ['p-0002', 1],
    ['p-0004', 1],
    ['p-0006', 1],
    ['p-0003', 2],
    ['p-0300', 2],
  ])('%s of three partitions in %i, as observed', (key, partition) => {
    expect(partitionOf(keyBytes(key, { kind: 'STRING' }, 'KAFKA'), 3)).toBe(partition)
  })

  it('follows from its bytes, which are those of its format', () => {
    expect(keyBytes('5', { kind: 'INTEGER' }, 'KAFKA').toString('hex')).toBe('00000005')
    expect(keyBytes('-1', { kind: 'BIGINT' }, 'KAFKA').toString('hex')).toBe('ffffffffffffffff')
    expect(keyBytes('1.5', { kind: 'DOUBLE' }, 'KAFKA').toString('hex')).toBe('3ff8000000000000')
    expect(keyBytes('a"é', { kind: 'STRING' }, 'JSON').toString()).toBe('"a\\"é"')
    expect(keyBytes('100', { kind: 'DOUBLE' }, 'JSON').toString()).toBe('100.0')
    expect(keyBytes('5', { kind: 'BIGINT' }, 'JSON').toString()).toBe('5')
  })
})
