import { describe, expect, it } from 'vitest'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { jsonTextOf, parseJsonText, readJson } from '#schemas/values/json-text'

describe('JSON text', () => {
  it('is the same bytes for the same value, members in their order', () => {
    expect(parseJsonText(' { "b": 1.50,\n"a": ["\\u00e8"] } ')).toBe('{"b":1.5,"a":["è"]}')
    expect(parseJsonText('{}')).toBe('{}')
    expect(parseJsonText('null')).toBe('null')
  })

  it('is written and read', () => {
    expect(jsonTextOf({ a: '{}' })).toBe('{"a":"{}"}')
    expect(readJson<{ a: number }>('{"a":1}').a).toBe(1)
  })

  it.each(['9007199254740993', '[{"a":-9007199254740992}]', '{"a":[1e300]}', '1e400'])(
    'has no number that loses digits: %s',
    (text) => {
      const reason = 'has a number beyond 2^53, which loses digits; write it as text'
      expect(() => parseJsonText(text)).toThrow(new InvalidValueError(reason))
      expect(() => jsonTextOf(JSON.parse(text))).toThrow(new InvalidValueError(reason))
    },
  )

  it('has numbers up to 2^53, and longer ones as text', () => {
    const text = '[9007199254740991,-9007199254740991,0.5,1e-7,"301000000012345688"]'
    expect(parseJsonText(text)).toBe(text)
  })

  it('is not what JSON cannot say', () => {
    expect(() => parseJsonText('{')).toThrow(InvalidValueError)
    expect(() => parseJsonText('')).toThrow('is not JSON')
    expect(() => parseJsonText({})).toThrow('is an object; JSON text is text')
    expect(() => jsonTextOf(undefined)).toThrow('has no JSON text')
  })
})
