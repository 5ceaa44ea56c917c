import { describe, expect, it } from 'vitest'
import { plain, plainIfAny } from '#connectors/govpay/texts'

describe('text on a notice', () => {
  it('has plain quotes and dashes, and one space at a time', () => {
    expect(plain('L\u2019anno\n2024\u20132025 \u201Cuno\u201D ', 140)).toBe(
      `L'anno 2024-2025 "uno"`,
    )
  })

  it('is cut between characters, as Java counts them', () => {
    expect(plain('\u{1F600}'.repeat(200), 140)).toBe('\u{1F600}'.repeat(70))
    expect(plain(`a${'\u{1F600}'.repeat(200)}`, 140)).toBe(`a${'\u{1F600}'.repeat(69)}`)
    expect(plain('è'.repeat(200), 140)).toHaveLength(140)
  })

  it.each([null, '', ' \n', '\u0007'])('is left out where there is none: %j', (text) => {
    expect(plainIfAny(text, 70)).toBeUndefined()
  })
})
