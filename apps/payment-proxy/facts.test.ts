import { describe, expect, it } from 'vitest'
import { checked, reported } from '#apps/payment-proxy/facts'
import type { Settlement } from '#ports/intermediary'

const money = { transaction_id: 'EP-1', paid_at: '2025-03-10T10:01:58+01:00', amount: 4250 }
const nothing = { transaction_id: null, paid_at: null, amount: null }

describe('checked', () => {
  it('carries the money of a settlement', () => {
    const fact = { type: 'Checked', checked: { state: 'settled', ...money } }
    expect(checked({ state: 'settled', ...money })).toEqual(fact)
  })

  it.each(['pending', 'refused', 'expired', 'cancelled'] as const)('carries %s', (state) => {
    expect(checked({ state })).toEqual({ type: 'Checked', checked: { state, ...nothing } })
  })
})

describe('reported', () => {
  it('is money, a withdrawal, or else a check', () => {
    const told = (settlement: Settlement) => reported({ iud: 'any', settlement })
    expect(told({ state: 'settled', ...money })).toEqual({ type: 'Settled', settled: money })
    expect(told({ state: 'cancelled' })).toMatchObject({ type: 'Cancelled' })
    expect(told({ state: 'expired' })).toEqual(checked({ state: 'expired' }))
  })

  it('is a check where it was said before, as a rule', () => {
    const settlement: Settlement = { state: 'settled', ...money }
    expect(reported({ iud: 'any', settlement, isRepeated: true })).toEqual(checked(settlement))
  })
})
