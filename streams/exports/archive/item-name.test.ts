import { describe, expect, it } from 'vitest'
import { itemName, nameBytesMax } from '#streams/exports/archive/item-name'

describe('the name of a document in an archive', () => {
  it('tells its record and its reference', () => {
    expect(itemName(0, 'MOV-000123')).toBe('00000000-MOV-000123.pdf')
    expect(itemName(99_999_999, 'ñandú.2026_漢')).toBe('99999999-ñandú.2026_漢.pdf')
  })

  it('is another for each movement, also where two share a reference', () => {
    expect(itemName(1, 'R')).not.toBe(itemName(2, 'R'))
  })

  it('stands in the order of records', () => {
    const names = [0, 1, 9, 10, 99, 100_000].map((record) => itemName(record, `R${100 - record}`))
    expect([...names].sort()).toEqual(names)
  })

  it.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/etc/passwd', 'etc_passwd'],
    ['C:\\R', 'C_R'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['a\0b\nc\td\x7fe', 'a_b_c_d_e'],
    ['a\u202Efdp.exe', 'a_fdp.exe'],
    ['a\u200Bb\uFEFFc', 'a_b_c'],
    ['a\uD800b', 'a_b'],
    ['a b  c', 'a_b_c'],
    ['a....b', 'a.b'],
    ['a...', 'a'],
    [' a. ', 'a'],
    ['-a-', '-a-'],
    ['=1+1', '1_1'],
    ['n\u0303', 'ñ'],
    ['CON', 'CON'],
  ])('is safe of the reference %j', (reference, kept) => {
    expect(itemName(7, reference)).toBe(`00000007-${kept}.pdf`)
  })

  it.each(['', '..', '/', '___', ' ', '\0'])(
    'of a reference without a letter is a number: %j',
    (none) => {
      expect(itemName(7, none)).toBe('00000007.pdf')
    },
  )

  it('has no more bytes than it may, and ends with a whole letter', () => {
    expect(itemName(7, 'x'.repeat(100))).toBe(`00000007-${'x'.repeat(43)}.pdf`)
    expect(itemName(7, 'ñ'.repeat(100))).toBe(`00000007-${'ñ'.repeat(21)}.pdf`)
    expect(itemName(7, `x${'😀'.repeat(9)}𝒜${'𝒜'.repeat(20)}`)).toBe(
      `00000007-x_${'𝒜'.repeat(10)}.pdf`,
    )
    expect(itemName(7, `${'x'.repeat(42)}.y`)).toBe(`00000007-${'x'.repeat(42)}.pdf`)
    expect(Buffer.byteLength(itemName(7, '漢'.repeat(100)))).toBeLessThanOrEqual(nameBytesMax)
  })

  it('is safe whatever the reference is', () => {
    const names = Array.from({ length: 0x3000 }, (_, code) => {
      const sign = String.fromCodePoint(code)
      return itemName(1, `${sign}.${sign}${sign}.`)
    })
    const isSafe = (name: string) =>
      /^00000001(-[\p{L}\p{M}\p{N}._-]+)?\.pdf$/u.test(name) &&
      !name.includes('..') &&
      name === name.normalize('NFC')
    expect(names.filter((name) => !isSafe(name))).toEqual([])
  })

  it.each([-1, 0.5, 100_000_000, NaN])('is refused for record %d', (record) => {
    expect(() => itemName(record, 'R')).toThrow('there is no name')
  })
})
