import { describe, expect, it } from 'vitest'
import { isPlain, optionalPlain, plain } from '#schemas/values/plain-text'

describe('a text', () => {
  it('is made what a notice can print', () => {
    expect(plain(' L\u2019anno\n2024\u20132025 \u201Cuno\u201D\u0007è ', 140)).toBe(
      `L'anno 2024-2025 "uno" è`,
    )
  })

  it('is cut between characters, and ends with none that is blank', () => {
    expect([...plain('\u{1F600}'.repeat(200), 140)]).toHaveLength(140)
    expect(plain('one two', 4)).toBe('one')
  })

  it.each([
    ['one two', true],
    ['one  two', false],
    [' one', false],
    ['one ', false],
    ['one\u00A0two', false],
    ['L\u2019anno', false],
    ['perche\u0301', false],
    ['one two three', false],
    ['', false],
  ])('%j is one with nothing to mend: %j', (text, isSo) => {
    expect(isPlain(text, 10)).toBe(isSo)
    if (isSo) expect(plain(text, 10)).toBe(text)
  })

  it('is left out where nothing is left of it, or it has another shape', () => {
    expect(optionalPlain(null, 10)).toBeUndefined()
    expect(optionalPlain(' \u0007 ', 10)).toBeUndefined()
    expect(optionalPlain('Pisa', 10, /^[A-Z]{2}$/)).toBeUndefined()
    expect(optionalPlain('PI', 10, /^[A-Z]{2}$/)).toBe('PI')
  })
})
