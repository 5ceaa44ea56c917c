import { describe, expect, it } from 'vitest'
import { exampleCertificate } from '#apps/payment-proxy/configuration/example-certificate'
import { domainOf, GovpayService, GovpayTenant, tenantOf } from '#connectors/govpay/config'
import { exampleConfiguration, exampleTenant } from '#connectors/govpay/example-configuration'
import { govpay } from '#connectors/govpay/index'
import { secretsIn } from '#ports/configuration-form'

const { cert, key } = exampleCertificate(30)
const tenant = (changes: object) => ({
  tenant: exampleTenant('https://pay.example/govpay', changes),
  service: {},
})
const faultOf = (changes: object) => {
  try {
    tenantOf(tenant(changes))
  } catch (error) {
    return (error as Error).message
  }
}

describe('the form of a body', () => {
  it('fills in what may be left out', () => {
    expect(tenantOf(tenant({}))).toMatchObject({
      authentication: 'basic',
      expiry_grace_hours: 24,
      timeout_ms: 3_000,
    })
  })

  it('marks the secrets, and only those', () => {
    expect(secretsIn(GovpayTenant)).toEqual(['password', 'client_key', 'notify_password'])
    expect(secretsIn(GovpayService)).toEqual([])
  })

  it('takes a certificate in place of a password, or beside it', () => {
    const certificate = { client_certificate: cert, client_key: key }
    const without = { username: undefined, password: undefined }
    expect(faultOf({ ...certificate, ...without, authentication: 'ssl' })).toBeUndefined()
    expect(faultOf({ ...certificate, payment_authentication: 'ssl' })).toBeUndefined()
  })

  it('takes a key that is encrypted as it lies on topics', () => {
    const sealed = `sealed:1:k:${'A'.repeat(16)}:AAAA:${'A'.repeat(22)}`
    expect(faultOf({ client_certificate: cert, client_key: sealed })).toBeUndefined()
  })

  it.each([
    ['base_url', { base_url: 'ftp://pay.example' }],
    ['application_id', { application_id: 'A2A/CORRENTE' }],
    ['domain_id', { domain_id: '1234567890' }],
    ['domain_id', { domain_id: 1234567890 }],
    ['authentication', { authentication: 'public' }],
    ['username', { username: undefined }],
    ['username', { username: 'a:b' }],
    ['password', { password: undefined }],
    ['client_certificate', { payment_authentication: 'ssl' }],
    ['client_certificate', { client_certificate: 'none' }],
    ['client_certificate', { client_certificate: cert, client_key: exampleCertificate(30).key }],
    ['client_key', { client_certificate: cert }],
    ['client_key', { client_certificate: cert, client_key: 'none' }],
    ['server_authority', { server_authority: 'none' }],
    ['notify_username', { notify_username: undefined }],
    ['notify_password', { notify_password: undefined }],
    ['notify_password', { notify_password: 'short' }],
    ['expiry_grace_hours', { expiry_grace_hours: -1 }],
    ['timeout_ms', { timeout_ms: 60_000 }],
  ])('says that %s is wrong, and no value', (member, changes) => {
    const fault = faultOf(changes)
    expect(fault).toMatch(new RegExp(`^tenant\\.${member}: `))
    expect(fault).not.toContain('example-password')
  })

  it('is asked for its domain alone where a debt is composed', () => {
    expect(domainOf({ tenant: { domain_id: '01234567890' }, service: {} })).toEqual({
      domain_id: '01234567890',
    })
  })
})

describe('the form of a service', () => {
  it('names one way to the account', () => {
    const iban = 'IT60X0542811101000000123456'
    const both = { due_type: 'CANONE', revenue_code: 'CANONE', iban }
    expect(GovpayService.safeParse(both).error?.issues[0]?.path).toEqual(['iban'])
    expect(GovpayService.parse({ due_type: 'CANONE', iban })).toMatchObject({ iban })
  })

  it('wrong, it opens no debt, but those that are open are followed', () => {
    const { tenant } = exampleConfiguration('http://127.0.0.1:9')
    expect(() => govpay.connect({ tenant, service: {} })).not.toThrow()
    expect(() => govpay.probe?.({ tenant, service: {} })).toThrow(/^service\.due_type: /)
  })
})
