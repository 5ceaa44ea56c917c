import { describe, expect, it } from 'vitest'
import { connectedByName, connectedOnce } from '#apps/platform/intermediaries'
import type { IntermediaryConnector } from '#ports/intermediary'

const connector = (): IntermediaryConnector & { connections: number } => {
  const made = {
    name: 'testpay',
    connections: 0,
    forms: {},
    composeOpening: () => '{}',
    connect() {
      made.connections += 1
      return {
        openDebtPosition: () => Promise.reject(new Error('not called')),
        findDebtPosition: () => Promise.reject(new Error('not called')),
        findSettlement: () => Promise.resolve({ state: 'pending' as const }),
        beginOnlinePayment: () => Promise.reject(new Error('not called')),
      }
    },
  }
  return made
}

describe('connectedOnce', () => {
  it('connects once for a configuration, and anew when it changes', () => {
    const testpay = connector()
    const { connect } = connectedOnce(testpay)
    const first = connect({ tenant: { key: 'a' }, service: {} })
    expect(connect({ tenant: { key: 'a' }, service: {} })).toBe(first)
    expect(connect({ tenant: { key: 'b' }, service: {} })).not.toBe(first)
    expect(testpay.connections).toBe(2)
  })
})

describe('connectedByName', () => {
  it('names a connector it does not have', () => {
    const intermediaryOf = connectedByName([connector()])
    expect(() => intermediaryOf('otherpay', { tenant: {}, service: {} })).toThrow(
      'no connector is named otherpay',
    )
  })
})
