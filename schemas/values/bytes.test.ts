import { describe, expect, it } from 'vitest'
import { base64Of, checkBytes, parseBase64 } from '#schemas/values/bytes'

describe('bytes', () => {
  it.each(['', 'AA==', 'AAE=', '/+4A'])('come back from the text %j', (text) => {
    expect(base64Of(parseBase64(text))).toBe(text)
  })

  it.each(['A', 'AA=', 'A===', 'AA-_', 'AA==\n', 1, null])('are not written as %j', (text) => {
    expect(() => parseBase64(text)).toThrow(/base64/)
  })

  it('are nothing but bytes', () => {
    expect(checkBytes(Buffer.from([1]))).toEqual(Buffer.from([1]))
    expect(() => checkBytes('AA==')).toThrow('is a string; bytes are expected')
  })
})
