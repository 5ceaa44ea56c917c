import { describe, expect, it } from 'vitest'
import { paymentProxySettings } from '#apps/payment-proxy/config'

const secret = 'a secret of thirty-two characters, or more'
const env = {
  CORRENTE_CONFIG_KEYS: `2026:${Buffer.alloc(32, 1).toString('base64')}`,
  CORRENTE_JWT_SECRET: secret,
}
const claims = { issuer: undefined, audience: undefined, tenantClaim: 'tenant_id' }

describe('payment proxy settings', () => {
  it('listens on loopback and is closed unless said otherwise', () => {
    expect(paymentProxySettings(env)).toMatchObject({
      port: 8000,
      host: '127.0.0.1',
      access: { origins: [], isDeleteOpen: false, tokens: { ...claims, secret } },
      allowedHosts: [],
      home: '.corrente',
    })
    const own = { PORT: '9000', HOST: '0.0.0.0', CORRENTE_HOME: '/home' }
    expect(paymentProxySettings({ ...env, ...own })).toMatchObject({
      port: 9000,
      host: '0.0.0.0',
      home: '/home',
    })
  })

  it('believes the keys of a URL, from some pages, for some readers', () => {
    const given = {
      CORRENTE_CONFIG_KEYS: env.CORRENTE_CONFIG_KEYS,
      CORRENTE_JWT_JWKS_URL: 'https://core.example/jwks',
      CORRENTE_JWT_ISSUER: 'core',
      CORRENTE_JWT_AUDIENCE: 'proxy',
      CORRENTE_JWT_TENANT_CLAIM: 'tenant',
      CORRENTE_ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080',
      CORRENTE_SWITCHES: 'core-2.13',
    }
    expect(paymentProxySettings(given).access).toEqual({
      origins: ['https://a.example', 'http://b.example:8080'],
      isDeleteOpen: true,
      tokens: {
        jwksUrl: 'https://core.example/jwks',
        issuer: 'core',
        audience: 'proxy',
        tenantClaim: 'tenant',
      },
    })
  })

  it('sends payers to the hosts it is told', () => {
    const given = { ...env, CORRENTE_ALLOWED_HOSTS: 'servizi.comune.example, *.Pay.example' }
    expect(paymentProxySettings(given).allowedHosts).toEqual([
      'servizi.comune.example',
      '*.pay.example',
    ])
  })

  it.each([
    [{ CORRENTE_ALLOWED_HOSTS: '*' }, 'CORRENTE_ALLOWED_HOSTS: is no host such as'],
    [{ PORT: 'eight' }, 'PORT: is no port'],
    [{ PORT: '70000' }, 'PORT: '],
    [{ CORRENTE_CONFIG_KEYS: '' }, 'CORRENTE_CONFIG_KEYS is not set'],
    [{ CORRENTE_CONFIG_KEYS: 'x' }, 'CORRENTE_CONFIG_KEYS: must be <id>:<32 bytes in base64>,…'],
    [{ CORRENTE_JWT_SECRET: 'short' }, 'CORRENTE_JWT_SECRET: must have at least 32 characters'],
    [{ CORRENTE_JWT_SECRET: '' }, 'set CORRENTE_JWT_JWKS_URL or CORRENTE_JWT_SECRET, one of them'],
    [{ CORRENTE_JWT_JWKS_URL: 'https://core.example' }, 'one of them'],
    [{ CORRENTE_ALLOWED_ORIGINS: '*' }, 'CORRENTE_ALLOWED_ORIGINS: is no https://<host>'],
    [{ CORRENTE_ALLOWED_ORIGINS: 'https://a.example/' }, 'CORRENTE_ALLOWED_ORIGINS: '],
    [{ CORRENTE_SWITCHES: 'core-9' }, 'CORRENTE_SWITCHES'],
  ])('names what is wrong in %j', (wrong, sentence) => {
    expect(() => paymentProxySettings({ ...env, ...wrong })).toThrow(sentence)
  })
})
