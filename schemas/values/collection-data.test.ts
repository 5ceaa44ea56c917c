import { describe, expect, it } from 'vitest'
import { parseCollectionData } from '#schemas/values/collection-data'

describe("pagoPA's taxonomy", () => {
  it.each(['9/0101002IM/', '9/0201102TS/ANNO2026', '6/0101100SP/', '9/12129/TS'])(
    'has %s',
    (text) => {
      expect(parseCollectionData(text)).toBe(text)
    },
  )

  it.each([
    '',
    '0101002IM',
    '9/0101002IM',
    '9/101002IM/',
    '9/0101002XX/',
    '3/0101002IM/',
    '9/0101002IM/WITH SPACE',
    `9/0101002IM/${'x'.repeat(140)}`,
  ])('has no %j', (text) => {
    expect(() => parseCollectionData(text)).toThrow("is none of pagoPA's taxonomy")
  })

  it('is text', () => {
    expect(() => parseCollectionData(9)).toThrow("is a number; pagoPA's taxonomy is text")
  })
})
