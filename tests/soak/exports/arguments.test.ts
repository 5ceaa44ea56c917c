import { describe, expect, it } from 'vitest'
import { exportsSize } from '#tests/soak/exports/arguments'

describe('the size of a fault run of exports', () => {
  it('is the full one where nothing is said', () => {
    expect(exportsSize({})).toMatchObject({ minutes: 8, perMinute: 40, fileMebibytes: 1_024 })
  })

  it('is the one that is said', () => {
    const env = {
      SOAK_EXPORTS_MINUTES: '2',
      SOAK_EXPORTS_PER_MINUTE: '5',
      SOAK_EXPORTS_FILE_MIB: '10',
      SOAK_SEED: '7',
    }
    expect(exportsSize(env)).toEqual({ minutes: 2, perMinute: 5, fileMebibytes: 10, seed: 7 })
  })

  it('is refused where it is no whole number, or none at all', () => {
    expect(() => exportsSize({ SOAK_EXPORTS_MINUTES: '0.5' })).toThrow(
      'SOAK_EXPORTS_MINUTES is 0.5: say a whole number of at least 1',
    )
    expect(() => exportsSize({ SOAK_EXPORTS_PER_MINUTE: '0' })).toThrow('at least 1')
  })
})
