import { describe, expect, it } from 'vitest'
import { parseIud, paymentIdOf } from '#schemas/values/iud'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'
const id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11'

describe('an iud', () => {
  it.each([iud, iud.toUpperCase(), '301000000012345687', 'TARI-2026.000123_A', 'x'.repeat(35)])(
    'is kept as it came: %s',
    (text) => {
      expect(parseIud(text)).toBe(text)
    },
  )

  it.each(['', 'two words', 'più', 'x'.repeat(36), 'line\n'])('is not %j', (text) => {
    expect(() => parseIud(text)).toThrow('is not 1 to 35 characters without a space')
  })

  it('is never a JSON number', () => {
    expect(() => parseIud(5)).toThrow('is a number; an iud is text')
  })
})

describe('the payment of an iud', () => {
  it('is named by its 32 hex digits', () => {
    expect(paymentIdOf(iud)).toBe(id)
    expect(paymentIdOf(iud.toUpperCase())).toBe(id)
  })

  it.each(['', 'x', iud.slice(1), `${iud}0`, id])('is not told by %j', (text) => {
    expect(paymentIdOf(text)).toBeUndefined()
  })
})
