import { describe, expect, it } from 'vitest'
import { iudOf, iuvIn, keyTold, toDueId } from '#connectors/mypay/due-id'

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

  it.each([
    ['ours', iud, iud],
    ['ours that MyPay has with a letter before it', `P000${iud.slice(3)}`, `000${iud.slice(3)}`],
    ['that of somebody else', ' TARI/2025.1 ', 'TARI/2025.1'],
    ['one that only looks like ours', iud.toUpperCase(), iud.toUpperCase()],
    ['one that only looks marked', `P${iud}`, `P${iud}`],
  ])('is the key of a due that is told: %s', (_whose, dueId, key) => {
    expect(keyTold(dueId)).toBe(key)
    expect(toDueId(key)).toBe(dueId.trim())
  })

  it.each(['', ' ', 'TARI 1', '0001', 'è', 'x'.repeat(36)])(
    'is none that a due could be asked for by: %j',
    (told) => {
      expect(keyTold(told)).toBeUndefined()
    },
  )

  it('may be a notice code, and then says the number', () => {
    expect(iuvIn('301000000012345688')).toBe('01000000012345688')
    expect(iuvIn('001000000012345685')).toBe('000000012345685')
    for (const other of [iud, '901000000012345688', '30100000001234568']) {
      expect(iuvIn(other)).toBeUndefined()
    }
  })

  it.each(['', 'TARI-2025-1', iud.slice(1), `${iud}0`, `Q${iud}`])(
    'is none of ours: %j',
    (other) => {
      expect(iudOf(other)).toBeUndefined()
    },
  )
})
