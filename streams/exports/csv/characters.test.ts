import { describe, expect, it } from 'vitest'
import { Characters } from '#streams/exports/csv/characters'

const charactersOf = (...texts: readonly string[]) => {
  const characters = new Characters()
  for (const text of texts) characters.add(text)
  return characters.toString()
}

describe('the characters of texts', () => {
  it('are each there once, by code point', () => {
    expect(charactersOf('banana', 'Ñu', '漢😀\n', '😀a')).toBe('\nabnuÑ漢😀')
  })

  it('are none of no text', () => {
    expect(charactersOf('', '')).toBe('')
  })

  it('are composed, as they are drawn', () => {
    expect(charactersOf('n\u0303')).toBe('ñ')
    expect(charactersOf('x\u0303')).toBe('x\u0303')
  })

  it('beyond the first plane are one each', () => {
    expect([...charactersOf('\u{1F600}\u{1F601}a\u{10FFFF}')]).toEqual([
      'a',
      '\u{1F600}',
      '\u{1F601}',
      '\u{10FFFF}',
    ])
  })
})
