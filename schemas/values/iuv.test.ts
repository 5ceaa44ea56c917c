import { describe, expect, it } from 'vitest'
import { parseIuv } from '#schemas/values/iuv'

describe('an IUV', () => {
  it.each(['000000012345685', '01000000012345688', 'RF18539007547034', 'a/b', 'x'.repeat(35)])(
    'is kept as it came: %s',
    (text) => {
      expect(parseIuv(text)).toBe(text)
    },
  )

  it('is 1 to 35 characters of text', () => {
    expect(() => parseIuv('')).toThrow('is not 1 to 35 characters')
    expect(() => parseIuv('x'.repeat(36))).toThrow('is not 1 to 35 characters')
    expect(() => parseIuv(12345678901234567)).toThrow('is a number, which loses digits')
  })
})
