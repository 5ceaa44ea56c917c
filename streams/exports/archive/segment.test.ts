import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bytesOf, itemOf, stamp } from '#streams/exports/archive/archive-samples'
import { segmentOf } from '#streams/exports/archive/segment'

const spaceless = (hex: string) => hex.replace(/#.*$/gm, '').replace(/\s+/g, '')

describe('a segment', () => {
  it('is the items, each behind its header, byte for byte', () => {
    const { parts, bytes, items } = segmentOf([itemOf('ñ.pdf', 'hi'), itemOf('b', '')], stamp)
    const expected = spaceless(`
      504b0304 1400 0008 0000 # local header, version 2.0, UTF-8, stored
      5c64 275c               # 12:34:56, 2026-01-07
      ac2a93d8 02000000 02000000 0600 0000
      c3b12e706466 6869
      504b0304 1400 0008 0000
      5c64 275c
      00000000 00000000 00000000 0100 0000
      62`)
    expect(Buffer.concat(parts).toString('hex')).toBe(expected)
    expect(bytes).toBe(expected.length / 2)
    expect(items).toEqual([
      { name: 'ñ.pdf', bytes: 2, crc: 0xd8932aac, sha256: sha256Of('hi') },
      { name: 'b', bytes: 0, crc: 0, sha256: sha256Of('') },
    ])
  })

  it('has the bytes of its items as they are, not copied', () => {
    const item = itemOf('a', 'hi')
    expect(segmentOf([item], stamp).parts[1]).toBe(item.bytes)
  })

  it('of items in pieces is the same as of whole ones', () => {
    const pieces = ['', 'h', 'i'].map((text) => Buffer.from(text))
    const inPieces = segmentOf([{ name: 'a', bytes: pieces }, itemOf('b', 'ho')], stamp)
    const whole = segmentOf([itemOf('a', 'hi'), itemOf('b', 'ho')], stamp)
    expect(bytesOf(inPieces)).toEqual(bytesOf(whole))
    expect(inPieces.items).toEqual(whole.items)
  })

  it('is the same bytes each time', () => {
    const items = [itemOf('a', 'hi'), itemOf('b', 'ho')]
    expect(bytesOf(segmentOf(items, stamp))).toEqual(bytesOf(segmentOf(items, stamp)))
  })

  it('of nothing is nothing', () => {
    expect(segmentOf([], stamp)).toEqual({ parts: [], bytes: 0, items: [] })
  })
})

const sha256Of = (text: string) => createHash('sha256').update(text).digest()
