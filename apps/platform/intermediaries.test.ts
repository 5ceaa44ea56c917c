import { describe, expect, it } from 'vitest'
import { connectedByName, connectedOnce, unsealing } from '#apps/platform/intermediaries'
import { secretKeys } from '#apps/platform/secret-keys'
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

describe('unsealing', () => {
  const keys = secretKeys([{ id: 'a', bytes: Buffer.alloc(32, 1) }])
  const sealed = keys.seal('secret', 'testpay/TENANT/t/api_key')
  const configuration = { tenant: { id: 't', api_key: sealed }, service: { id: 's' } }

  it('connects and tries out with secrets in clear, and composes without', () => {
    const given: unknown[] = []
    const note = (one: unknown): never => {
      given.push(one)
      throw new Error('enough')
    }
    const testpay = { ...connector(), connect: note, probe: note, composeOpening: () => '{}' }
    const opened = unsealing(testpay, keys)
    for (const use of [opened.connect, opened.probe!]) {
      expect(() => use(configuration)).toThrow('enough')
    }
    const clear = { tenant: { id: 't', api_key: 'secret' }, service: { id: 's' } }
    expect(given).toEqual([clear, clear])
    expect(opened.composeOpening).toBe(testpay.composeOpening)
  })

  it('refuses a configuration whose key is not here', () => {
    const { connect } = unsealing(connector(), secretKeys([]))
    expect(() => connect(configuration)).toThrow(
      'testpay/TENANT/t/api_key is sealed with key a, which CORRENTE_CONFIG_KEYS does not hold',
    )
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
