import { describe, expect, it } from 'vitest'
import { qrVersions } from '#connectors/pdf-compiled/qr-version'

describe('a QR code of level M', () => {
  it('holds what the standard says, by version', () => {
    expect(qrVersions.map(({ bytesMax }) => bytesMax)).toEqual([
      14, 26, 42, 62, 84, 106, 122, 152, 180, 213,
    ])
  })

  it('has the blocks of the standard', () => {
    const [one, , , , five, , , , , ten] = qrVersions
    expect(one).toMatchObject({ size: 21, blocks: [16], correctionBytes: 10 })
    expect(five).toMatchObject({ size: 37, blocks: [43, 43], correctionBytes: 24 })
    expect(ten).toMatchObject({ size: 57, blocks: [43, 43, 43, 43, 44], correctionBytes: 26 })
  })

  it('has its small squares where the standard says', () => {
    const [one, two, , , , , seven, , , ten] = qrVersions
    expect(one?.centres).toEqual([])
    expect(two?.centres).toEqual([6, 18])
    expect(seven?.centres).toEqual([6, 22, 38])
    expect(ten?.centres).toEqual([6, 28, 50])
  })
})
