import { describe, expect, it } from 'vitest'
import { outageSize } from '#tests/soak/outage/arguments'

describe('the size of an outage', () => {
  it('is the full one where nothing is said', () => {
    expect(outageSize({})).toMatchObject({ payments: 10_000, perSecond: 10 })
  })

  it('is the one that is said', () => {
    const env = { SOAK_OUTAGE_PAYMENTS: '500', SOAK_OUTAGE_PER_SECOND: '25', SOAK_SEED: '7' }
    expect(outageSize(env)).toEqual({ payments: 500, perSecond: 25, seed: 7 })
  })

  it('is refused where it is no number, or too small to tell anything', () => {
    expect(() => outageSize({ SOAK_OUTAGE_PAYMENTS: 'all' })).toThrow(
      'SOAK_OUTAGE_PAYMENTS is all: say a whole number of at least 50',
    )
    expect(() => outageSize({ SOAK_OUTAGE_PAYMENTS: '49' })).toThrow('at least 50')
  })
})
