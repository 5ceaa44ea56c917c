import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { qrBytesMax, qrCode } from '#connectors/pdf-compiled/qr-code'

interface QrOfPdfmake {
  measure(node: object): {
    _canvas: readonly { x: number; y: number; w: number; color: string }[]
  }
}
const { default: pdfmake } = createRequire(import.meta.url)('pdfmake/js/qrEnc.js') as {
  default: QrOfPdfmake
}

/** The rows of a code as text, `#` for black. */
function ours(text: string): string[] {
  const { size, rows } = qrCode(text)!
  const rowBytes = Math.ceil(size / 8)
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) =>
      rows[row * rowBytes + (column >> 3)]! & (128 >> (column & 7)) ? '#' : ' ',
    ).join(''),
  )
}

/** The same by the encoder of pdfmake, with the same mask. */
function theirs(qr: string): string[] {
  const node = { qr, mode: 'octet', eccLevel: 'M', mask: 2, foreground: 'black', padding: 0 }
  const [paper, ...squares] = pdfmake.measure(node)._canvas
  const side = squares[0]!.w
  const size = paper!.w / side
  const rows = Array.from({ length: size }, () => Array<string>(size).fill(' '))
  for (const { x, y } of squares) rows[y / side]![x / side] = '#'
  return rows.map((row) => row.join(''))
}

const letters = 'https://pay.example/v?a=1&b=Zz~ ".'.repeat(10)

describe('a QR code', () => {
  it.each([1, 14, 15, 26, 27, 42, 43, 62, 63, 70, 84, 85, 106, 107, 122, 152, 180, 181, 213])(
    'of %i bytes is the one that another encoder makes',
    (length) => {
      const text = letters.slice(0, length)
      expect(ours(text)).toEqual(theirs(text))
    },
  )

  it('is made anew for each text', () => {
    const first = ours('first')
    expect(ours('other')).not.toEqual(first)
    expect(ours('first')).toEqual(first)
  })

  it.each(['', 'è', 'a\nb', 'x'.repeat(qrBytesMax + 1)])('tells no %j', (text) => {
    expect(qrCode(text)).toBeUndefined()
  })
})
