import { describe, expect, it } from 'vitest'
import { hasSign, subsetFont, tie } from '#connectors/pdf-compiled/font-subset'

const characters = [' ', 'A', 'ñ', tie].sort()

describe('a font of some characters', () => {
  const font = subsetFont('Regular', characters)

  it('has a code and a width for each, and for no other', () => {
    const codes = characters.map((character) => font.hexOf[character.charCodeAt(0)])
    expect(codes).toEqual(['0001', '0002', '0003', '0004'])
    expect(font.hexOf['B'.charCodeAt(0)]).toBeUndefined()
    expect(font.hexOf[0x4e2d]).toBeUndefined()
    expect(font.widthOf['A'.charCodeAt(0)]).toBe(font.widths[font.characters.indexOf('A') + 1])
    expect(font.widthOf['A'.charCodeAt(0)]).toBeGreaterThan(500)
  })

  it('tells a tie as the blank it looks like', () => {
    expect(font.characters).toEqual([' ', 'A', ' ', 'ñ'])
    expect(font.widthOf[tie.charCodeAt(0)]).toBe(font.widthOf[32])
  })

  it('has the widths of the parts that signs are made of, too', () => {
    // The letter below and the mark above.
    expect(font.widths.length).toBeGreaterThan(1 + characters.length)
    for (const width of font.widths) expect(Number.isInteger(width)).toBe(true)
  })

  it('is the same for the same characters, and has another name for others', () => {
    const again = subsetFont('Regular', characters)
    expect(Buffer.compare(again.program, font.program)).toBe(0)
    expect(again.name).toBe(font.name)
    expect(font.name).toMatch(/^[A-Z]{6}\+Roboto-Regular$/)
    expect(subsetFont('Regular', [' ', 'B']).name).not.toBe(font.name)
  })
})

it.each([
  ['ã', true],
  ['€', true],
  ['\u0301', true],
  ['漢', false],
  ['😀', false],
])('the fonts have a sign for %s: %s', (character, has) => {
  expect(hasSign('Regular', character)).toBe(has)
  expect(hasSign('Medium', character)).toBe(has)
})
