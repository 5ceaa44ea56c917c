import { describe, expect, it } from 'vitest'
import { drawnLines, drawnPieces, type Style } from '#connectors/pdf-compiled/drawing'
import { subsetFont } from '#connectors/pdf-compiled/font-subset'
import { qrCode } from '#connectors/pdf-compiled/qr-code'

const font = subsetFont('Regular', [' ', 'A', 'B'])
const style: Style = { face: 'R', font, size: 10, leading: 14, colour: '0 g' }
const column = { style, x: 40, width: 100, align: 'left' } as const
const place = { column, baseline: 41.89, leading: 14 }
const widthOfA = font.widthOf['A'.charCodeAt(0)]! / 100

describe('lines of text', () => {
  it('are drawn one below the other, by the codes of the font', () => {
    expect(drawnLines(place, ['A', 'B A'])).toBe(
      '0 g BT/R 10 Tf 40 800 Td<0002>Tj ET\nBT/R 10 Tf 40 786 Td<000300010002>Tj ET\n',
    )
  })

  it('end at the right edge, or are in the middle', () => {
    const aligned = (align: 'right' | 'centre') => ({ ...place, column: { ...column, align } })
    const xOf = (drawn: string) => Number(/Tf (\S+)/.exec(drawn)?.[1])
    expect(xOf(drawnLines(aligned('right'), ['A']))).toBeCloseTo(140 - widthOfA, 1)
    expect(xOf(drawnLines(aligned('centre'), ['A']))).toBeCloseTo(90 - widthOfA / 2, 1)
  })

  it('are not drawn where there is nothing in them, and keep their place', () => {
    expect(drawnLines(place, [''])).toBe('')
    expect(drawnLines(place, ['', 'A'])).toBe('0 g BT/R 10 Tf 40 786 Td<0002>Tj ET\n')
  })
})

describe('a page', () => {
  it('is drawn in order, with the lines that are asked for', () => {
    const slot = { ...place, text: 1, from: 1, to: 2 }
    const texts = [['B'], ['A', 'B', 'A']]
    expect(drawnPieces(['before\n', slot, 'behind\n'], { texts, code: undefined })).toBe(
      'before\n0 g BT/R 10 Tf 40 800 Td<0003>Tj ET\nbehind\n',
    )
  })

  it('has its code in the middle of the quiet zone', () => {
    const code = qrCode('A')!
    // 21 modules and twice four.
    const slot = { codeX: 40, codeTop: 41.89, codeSize: 116 }
    expect(drawnPieces([slot], { texts: [], code })).toBe('q 0 g 84 0 0 84 56 700 cm/Q Do Q\n')
  })
})
