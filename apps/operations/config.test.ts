import { describe, expect, it } from 'vitest'
import { operationsConfig } from '#apps/operations/config'

describe('the settings of the status app', () => {
  it('are loopback and no process where nothing is said', () => {
    expect(operationsConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8_004,
      processes: [],
      usersFile: undefined,
      publicOrigin: undefined,
      trustedProxies: [],
    })
  })

  it('name the processes it asks', () => {
    const CORRENTE_PROCESSES = 'http://worker:8001/, http://proxy:8002'
    expect(operationsConfig({ CORRENTE_PROCESSES }).processes).toEqual([
      'http://worker:8001',
      'http://proxy:8002',
    ])
  })

  it('are refused where an address is none', () => {
    expect(() => operationsConfig({ CORRENTE_PROCESSES: 'worker' })).toThrow(
      /^CORRENTE_PROCESSES: is no list of http or https URLs/,
    )
  })

  const file = { OPERATIONS_USERS_FILE: '/run/secrets/operators' }
  const url = { OPERATIONS_PUBLIC_URL: 'https://corrente.example/' }

  it.each([
    [
      'beyond this machine without a sign-in',
      { HOST: '0.0.0.0' },
      /OPERATIONS_USERS_FILE is not set/,
    ],
    ['beyond it without an address', { HOST: '::', ...file }, /OPERATIONS_PUBLIC_URL is not set/],
    ['in clear', { ...file, OPERATIONS_PUBLIC_URL: 'http://corrente.example' }, /is not https/],
    [
      'behind any proxy',
      { ...file, ...url, OPERATIONS_TRUSTED_PROXIES: 'proxy' },
      /OPERATIONS_TRUSTED_PROXIES/,
    ],
    [
      'behind a network that is none',
      { OPERATIONS_TRUSTED_PROXIES: '10.0.0.0/33' },
      /OPERATIONS_TRUSTED_PROXIES/,
    ],
  ])('are refused %s', (_, env, why) => {
    expect(() => operationsConfig(env)).toThrow(why)
  })

  it('are taken beyond this machine with both', () => {
    const proxies = { OPERATIONS_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }
    expect(operationsConfig({ HOST: '0.0.0.0', ...file, ...url, ...proxies })).toMatchObject({
      usersFile: '/run/secrets/operators',
      publicOrigin: 'https://corrente.example',
      trustedProxies: ['10.0.0.0/8', '::1'],
    })
    const published = { HOST: '0.0.0.0', ...file, OPERATIONS_PUBLIC_URL: 'http://127.0.0.1:8004' }
    expect(operationsConfig(published).publicOrigin).toBe('http://127.0.0.1:8004')
  })
})
