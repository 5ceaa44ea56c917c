import { describe, expect, it } from 'vitest'
import { stamp } from '#streams/exports/archive/archive-samples'
import { directoryEntry } from '#streams/exports/archive/directory-entry'

const GiB = 2 ** 30
const item = { name: 'a', bytes: 2, crc: 1, sha256: Buffer.alloc(32) }

describe('an item in the directory of an archive', () => {
  it('says places in eight bytes from 4 GiB on', () => {
    const near = directoryEntry(item, 4 * GiB - 2, stamp)
    expect(near.length).toBe(47)
    expect(near.readUInt32LE(42)).toBe(0xfffffffe)
    for (const at of [4 * GiB - 1, 4 * GiB, 5 * GiB]) {
      const far = directoryEntry(item, at, stamp)
      expect(far.readUInt16LE(6)).toBe(45)
      expect(far.readUInt32LE(42)).toBe(0xffffffff)
      expect(far.subarray(46).toString('hex')).toMatch(/^6101000800[0-9a-f]{16}$/)
      expect(far.readBigUInt64LE(51)).toBe(BigInt(at))
    }
  })
})
