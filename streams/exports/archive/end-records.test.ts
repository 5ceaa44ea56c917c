import { describe, expect, it } from 'vitest'
import { endRecords } from '#streams/exports/archive/end-records'

const GiB = 2 ** 30

describe('the end of an archive', () => {
  it.each([
    ['few items, near', { items: 65_534, at: 4 * GiB - 2, bytes: 4 * GiB - 2 }, 22],
    ['as many items as two bytes can say', { items: 65_535, at: 0, bytes: 0 }, 98],
    ['a directory from 4 GiB on', { items: 1, at: 4 * GiB - 1, bytes: 0 }, 98],
    ['a directory of 4 GiB', { items: 1, at: 0, bytes: 4 * GiB - 1 }, 98],
  ])('has the records of zip64 only where it must: %s', (_, directory, length) => {
    expect(endRecords(directory).length).toBe(length)
  })

  it('says the great numbers in eight bytes', () => {
    expect(endRecords({ items: 70_000, at: 0x1_0000_0002, bytes: 0x300 }).toString('hex')).toBe(
      [
        '504b0606 2c00000000000000 2d03 2d00 00000000 00000000',
        '7011010000000000 7011010000000000 0003000000000000 0200000001000000',
        '504b0607 00000000 0203000001000000 01000000',
        '504b0506 0000 0000 ffff ffff 00030000 ffffffff 0000',
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })
})
