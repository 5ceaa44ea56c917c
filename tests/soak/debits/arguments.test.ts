import { describe, expect, it } from 'vitest'
import { debitsSize } from '#tests/soak/debits/arguments'

describe('the size of a fault run of debits', () => {
  it('is the full one where nothing is said', () => {
    expect(debitsSize({})).toMatchObject({ minutes: 10, perSecond: 200 })
  })

  it('is the one that is said', () => {
    const env = { SOAK_DEBITS_MINUTES: '2', SOAK_DEBITS_PER_SECOND: '50', SOAK_SEED: '7' }
    expect(debitsSize(env)).toEqual({ minutes: 2, perSecond: 50, seed: 7 })
  })

  it('is refused where it is no whole number, or none at all', () => {
    expect(() => debitsSize({ SOAK_DEBITS_MINUTES: '0.5' })).toThrow(
      'SOAK_DEBITS_MINUTES is 0.5: say a whole number of at least 1',
    )
    expect(() => debitsSize({ SOAK_DEBITS_PER_SECOND: '0' })).toThrow('at least 1')
  })
})
