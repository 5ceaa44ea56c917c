import { describe, expect, it } from 'vitest'
import { parseTaxCode } from '#schemas/values/tax-code'

describe('a tax code', () => {
  it.each([
    ['PRVLCU85M15X000R', 'of a man'],
    ['RSSMRA85T50A562W', 'of a woman, day of birth plus 40'],
    ['RSSMRA85T10A56NH', 'with a digit replaced by a letter'],
    ['12345678903', 'of a company'],
  ])('is %s %s', (text) => {
    expect(parseTaxCode(text)).toBe(text)
  })

  it('is written in upper case', () => {
    expect(parseTaxCode('prvlcu85m15x000r')).toBe('PRVLCU85M15X000R')
  })

  it.each([
    ['PRVLCU85M15X000A', 'has a wrong check character'],
    ['PRVLCU85M16X000R', 'has a wrong check character'],
    ['12345678901', 'has a wrong check digit'],
    ['00000000001', 'has a wrong check digit'],
    ['PRVLCU85F15X000R', 'is not a tax code of 16 characters or 11 digits'],
    ['PRVLCU85M15X000', 'is not a tax code of 16 characters or 11 digits'],
    ['1234567890', 'is not a tax code of 16 characters or 11 digits'],
    ['', 'is not a tax code of 16 characters or 11 digits'],
    ['PRVLCU85M00X000R', 'has a day of birth that is none'],
    ['PRVLCU85M35X000R', 'has a day of birth that is none'],
    ['PRVLCU85M40X000R', 'has a day of birth that is none'],
    ['PRVLCU85M72X000R', 'has a day of birth that is none'],
    ['PRVLCU85M95X000R', 'has a day of birth that is none'],
  ])('is not %s', (text, reason) => {
    expect(() => parseTaxCode(text)).toThrow(reason)
  })

  it('is never a number', () => {
    expect(() => parseTaxCode(12345678903)).toThrow('is a number; a tax code is text')
  })
})
