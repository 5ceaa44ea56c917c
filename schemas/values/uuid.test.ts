import { describe, expect, it } from 'vitest'
import { parseUuid } from '#schemas/values/uuid'

describe('a UUID', () => {
  it('is of any version, in lower case', () => {
    const uuid = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11'
    expect(parseUuid(uuid)).toBe(uuid)
    expect(parseUuid(uuid.toUpperCase())).toBe(uuid)
    expect(parseUuid('00000000-0000-0000-0000-000000000000')).toMatch(/^0/)
  })

  it.each(['', '5f0c7a522a0d4c559a3e0d6f6e1b7c11', '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c1g', '{x}'])(
    'is not %j',
    (text) => {
      expect(() => parseUuid(text)).toThrow('is not a UUID')
    },
  )

  it('is text', () => {
    expect(() => parseUuid(null)).toThrow('is null; a UUID is text')
  })
})
