import { describe, expect, it } from 'vitest'
import { iudOf, toDueId } from '#connectors/mypay/due-id'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'

describe('the iud at MyPay', () => {
  it('is ours', () => {
    expect(toDueId(iud)).toBe(iud)
    expect(iudOf(iud)).toBe(iud)
  })

  it('has a letter before it where MyPay would refuse it', () => {
    const refused = `000${iud.slice(3)}`
    expect(toDueId(refused)).toBe(`P${refused}`)
    expect(toDueId(refused).length).toBeLessThanOrEqual(35)
    expect(iudOf(toDueId(refused))).toBe(refused)
  })

  it('is known in upper case, and with spaces around it', () => {
    expect(iudOf(` ${iud.toUpperCase()} `)).toBe(iud)
  })

  it.each(['', 'TARI-2025-1', iud.slice(1), `${iud}0`, `Q${iud}`])(
    'is none of ours: %j',
    (other) => {
      expect(iudOf(other)).toBeUndefined()
    },
  )
})
