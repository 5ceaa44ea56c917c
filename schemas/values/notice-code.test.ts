import { describe, expect, it } from 'vitest'
import {
  groupedNoticeCode,
  hasCheckDigits,
  iuvOf,
  makeNoticeCode,
  parseNoticeCode,
} from '#schemas/values/notice-code'
import type { NoticeNumber } from '#schemas/values/notice-code'

const examples: readonly (readonly [NoticeNumber, string, string])[] = [
  [{ aux: 0, applicationCode: '01', base: '123456' }, '001000000012345685', '000000012345685'],
  [
    { aux: 0, applicationCode: '02', base: '9876543210123' },
    '002987654321012302',
    '987654321012302',
  ],
  [{ aux: 1, base: '12345678901234567' }, '112345678901234567', '12345678901234567'],
  [{ aux: 2, base: '123456789012345' }, '212345678901234544', '12345678901234544'],
  [{ aux: 3, segregationCode: '01', base: '123456' }, '301000000012345688', '01000000012345688'],
  [
    { aux: 3, segregationCode: '47', base: '20250001234' },
    '347002025000123400',
    '47002025000123400',
  ],
]

describe('a notice code', () => {
  it.each(examples)('of %j is %s with the IUV %s', (number, code, iuv) => {
    expect(makeNoticeCode(number)).toBe(code)
    expect(iuvOf(code)).toBe(iuv)
    expect(parseNoticeCode(code)).toBe(code)
  })

  it.each(['301000000202012345', '302999999999999999', '330020210415095740', '401000000000000000'])(
    '%s has wrong check digits, and is kept all the same',
    (code) => {
      expect(parseNoticeCode(code)).toBe(code)
    },
  )

  it.each([
    '',
    '00100000001234568',
    '0010000000123456855',
    '00100000001234568X',
    ' 01000000012345685',
  ])('is not %j', (text) => {
    expect(() => parseNoticeCode(text)).toThrow('is not 18 digits')
  })

  it('is never a JSON number', () => {
    expect(() => parseNoticeCode(301000000012345688)).toThrow(
      'is a number, which loses digits; a notice code is text',
    )
  })

  it('is not made of digits that do not fit', () => {
    const tooLong = { aux: 3, segregationCode: '01', base: '12345678901234' } as const
    expect(() => makeNoticeCode(tooLong)).toThrow('the base is not 1 to 13 digits')
    expect(() => makeNoticeCode({ aux: 1, base: '' })).toThrow('the base is not 1 to 17 digits')
    expect(() => makeNoticeCode({ aux: 0, applicationCode: '1', base: '1' })).toThrow('two digits')
  })

  it('has no IUV under an auxiliary digit that is not assigned', () => {
    expect(() => iuvOf('401000000000000000')).toThrow('has auxiliary digit 4')
  })
})

it('is shown in groups of four', () => {
  expect(groupedNoticeCode('301000000012345688')).toBe('3010 0000 0012 3456 88')
})

describe('check digits', () => {
  it.each(examples)('are those that the others make: %j', (_, code) => {
    expect(hasCheckDigits(code)).toBe(true)
  })

  it('are seen to be wrong, where there are any', () => {
    expect(hasCheckDigits('301000000012345689')).toBe(false)
    expect(hasCheckDigits('001000000012345600')).toBe(false)
    expect(hasCheckDigits('100000000000000000')).toBe(true)
  })
})
