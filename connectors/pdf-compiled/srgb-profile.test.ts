import { expect, it } from 'vitest'
import { srgbProfile } from '#connectors/pdf-compiled/srgb-profile'

const profile = srgbProfile()

/** What is told under a name. */
function tag(name: string): Buffer {
  const count = profile.readUInt32BE(128)
  for (let nth = 0; nth < count; nth++) {
    const at = 132 + 12 * nth
    if (profile.toString('latin1', at, at + 4) !== name) continue
    const offset = profile.readUInt32BE(at + 4)
    return profile.subarray(offset, offset + profile.readUInt32BE(at + 8))
  }
  throw new Error(`there is no ${name}`)
}
const numbersIn = (bytes: Buffer) =>
  Array.from({ length: bytes.length / 4 }, (_, nth) => bytes.readInt32BE(4 * nth) / 65_536)

it('is a profile of a screen as long as it says', () => {
  expect(profile.readUInt32BE(0)).toBe(profile.length)
  expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ')
  expect(profile.toString('latin1', 36, 40)).toBe('acsp')
})

it('has three colours that make its white', () => {
  const colours = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => numbersIn(tag(name).subarray(8)))
  const white = numbersIn(tag('wtpt').subarray(8))
  const sum = white.map((_, nth) => colours.reduce((sum, colour) => sum + colour[nth]!, 0))
  sum.forEach((value, nth) => expect(value).toBeCloseTo(white[nth]!, 3))
})

it('has one curve for the three, which is that of sRGB', () => {
  const [power, a, b, c, d] = numbersIn(tag('rTRC').subarray(12)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  expect((a * 0.5 + b) ** power).toBeCloseTo(0.21404, 4)
  // Both parts meet.
  expect((a * d + b) ** power).toBeCloseTo(c * d, 4)
  for (const name of ['gTRC', 'bTRC']) expect(tag(name)).toEqual(tag('rTRC'))
})
