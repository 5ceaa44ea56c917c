import { expect, it } from 'vitest'
import { correctionOf } from '#connectors/pdf-compiled/qr-correction'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

it('corrects the example of the standard', () => {
  const words = bytesOf('10 20 0c 56 61 80 ec 11 ec 11 ec 11 ec 11 ec 11')
  expect(correctionOf(words, 10)).toEqual(bytesOf('a5 24 d4 c1 ed 36 c7 87 2c 55'))
})

it('corrects nothing by nothing', () => {
  expect(correctionOf(new Uint8Array(4), 3)).toEqual(new Uint8Array(3))
})
