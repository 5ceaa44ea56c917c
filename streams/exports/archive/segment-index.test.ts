import { describe, expect, it } from 'vitest'
import { itemOf, stamp } from '#streams/exports/archive/archive-samples'
import { itemName, nameBytesMax } from '#streams/exports/archive/item-name'
import { segmentOf } from '#streams/exports/archive/segment'
import { itemsIn, segmentBytes, segmentIndex } from '#streams/exports/archive/segment-index'

const segment = segmentOf([itemOf('ñ.pdf', 'hi'), itemOf('b', ''), itemOf('c', 'hello')], stamp)

describe('the index of a segment', () => {
  it('tells its items again, and where they lie', () => {
    const [first, second, third] = segment.items
    expect([...itemsIn(segmentIndex(segment.items))]).toEqual([
      { ...first!, at: 0 },
      { ...second!, at: 38 },
      { ...third!, at: 69 },
    ])
  })

  it('tells how long the segment is', () => {
    expect(segmentBytes(segmentIndex(segment.items))).toBe(segment.bytes)
    expect(segmentBytes(segmentIndex([]))).toBe(0)
  })

  it('is these bytes', () => {
    const [, second] = segment.items
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const expected = `53454731 01000000 00000000 00000000 ${sha256} 01 62`.replaceAll(' ', '')
    expect(segmentIndex([second!]).toString('hex')).toBe(expected)
  })

  it('has a hundred bytes for an item at most', () => {
    const name = itemName(99_999_999, 'ñ'.repeat(100))
    expect(Buffer.byteLength(name)).toBeGreaterThan(nameBytesMax - 2)
    const items = Array.from({ length: 1_000 }, () => ({ ...segment.items[0]!, name }))
    expect(segmentIndex(items).length).toBeLessThanOrEqual(100 * items.length)
  })

  it('is refused where it was cut, anywhere, or has more than it says', () => {
    const index = segmentIndex(segment.items)
    const refused = expect.objectContaining({ code: 'bad-segment-index' }) as unknown as Error
    for (let length = 0; length < index.length; length++) {
      expect(() => [...itemsIn(index.subarray(0, length))]).toThrow(refused)
    }
    expect(() => [...itemsIn(Buffer.concat([index, Buffer.from([0])]))]).toThrow(refused)
    expect(() => [...itemsIn(Buffer.concat([Buffer.from('X'), index]))]).toThrow(refused)
  })
})
