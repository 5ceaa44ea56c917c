import { describe, expect, it } from 'vitest'
import { facesOf } from '#connectors/pdf-compiled/faces'
import { refusal } from '#tests/contract/templates/template-driver'

const charactersOf = (own: string, batch: string) => facesOf(own, batch).regular.characters.join('')

describe('the fonts of a batch', () => {
  it('have the characters of the template and of the batch, once each, and a blank', () => {
    expect(charactersOf('ba', 'caca')).toBe(' abc')
    expect(facesOf('a', 'b').medium.characters).toEqual(facesOf('a', 'b').regular.characters)
  })

  it('have what a letter and its marks make', () => {
    expect(charactersOf('', 'n\u0303')).toContain('ñ')
    // Sorted and without doubles, as a batch may tell its characters.
    expect(charactersOf('', 'aeox\u0301\u0302')).toContain('ấ')
  })

  it('leave out what they have no sign for, and what is no character of a text', () => {
    expect(charactersOf('', 'a漢😀\n\u00AD\u200B\uD83D')).toBe(' a')
  })

  it('refuse what the template itself needs and they do not have', () => {
    expect(() => facesOf('漢', '')).toThrow(refusal('no-sign', 'the fonts have no sign for U+6F22'))
  })
})
