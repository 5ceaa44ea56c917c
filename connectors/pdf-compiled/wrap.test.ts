import { describe, expect, it } from 'vitest'
import { subsetFont } from '#connectors/pdf-compiled/font-subset'
import { linesOf, widthOf } from '#connectors/pdf-compiled/wrap'

const characters = [...new Set('canone unico patrimoniale W\u0301')].sort()
const font = subsetFont('Regular', characters)
const text = 'canone unico patrimoniale canone unico'

describe('lines of a text', () => {
  it('are one where it fits', () => {
    expect(linesOf(text, font, widthOf(text, font))).toEqual([text])
  })

  it('end between words, and none is wider than there is room', () => {
    const room = widthOf('canone unico', font)
    const lines = linesOf(text, font, room)
    expect(lines).toEqual(['canone unico', 'patrimoniale', 'canone unico'])
    for (const line of lines) expect(widthOf(line, font)).toBeLessThanOrEqual(room)
  })

  it('end within a word that fits none, which goes on beside the next word', () => {
    const room = widthOf('WWWW', font)
    expect(linesOf('a WWWWWWWWWW a', font, room)).toEqual(['a', 'WWWW', 'WWWW', 'WW a'])
  })

  it('keep a letter and its marks together', () => {
    const letter = 'W\u0301'
    const lines = linesOf(letter.repeat(5), font, widthOf(letter.repeat(2), font))
    expect(lines).toEqual([letter.repeat(2), letter.repeat(2), letter])
  })

  it('have a letter each where there is room for none', () => {
    expect(linesOf('WW', font, 1)).toEqual(['W', 'W'])
  })

  it('are one, of nothing, where there is no text', () => {
    expect(linesOf('', font, 100)).toEqual([''])
  })
})
