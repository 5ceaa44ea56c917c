import { describe, expect, it } from 'vitest'
import { creditorOf, MypayTenant, serviceOf, tenantOf } from '#connectors/mypay/config'
import { exampleConfiguration, exampleCreditor } from '#connectors/mypay/example-configuration'
import { secretsIn } from '#ports/configuration-form'

const url = 'https://mypay.example/ws/pa/PagamentiTelematiciDovutiPagati'
const configured = (changes: object) => exampleConfiguration(url, changes)

describe('the configuration', () => {
  it('keeps what nobody is told again', () => {
    expect(secretsIn(MypayTenant)).toEqual(['password', 'notify_secret'])
  })

  it.each([
    ['tenant.base_url', { base_url: 'ftp://mypay.example' }],
    ['tenant.ipa_code', { ipa_code: 'C'.repeat(36) }],
    ['tenant.password', { password: 'short' }],
    ['tenant.password', { password: 'longer than fifteen' }],
    ['tenant.segregation_code', { segregation_code: '1' }],
    ['tenant.segregation_code', { segregation_code: 47 }],
    ['tenant.notify_secret', { notify_secret: 'short' }],
    ['tenant.timeout_ms', { timeout_ms: 60_000 }],
  ])('says that %s is wrong', (member, changes) => {
    const reading = () => tenantOf(configured(changes))
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
    expect(reading).toThrow(new RegExp(`^${member.replace('.', '\\.')}: `))
  })

  it('says what is missing of a service', () => {
    expect(() => serviceOf({ tenant: {}, service: {} })).toThrow(/^service\.due_type: /)
  })

  it('may leave out the secret of notifications', () => {
    const tenant = tenantOf(configured({ notify_secret: undefined }))
    expect(tenant.timeout_ms).toBe(3_000)
  })

  it('knows the tax code of the body where it is given', () => {
    expect(creditorOf(configured({}))).toBe(exampleCreditor)
    expect(creditorOf({ tenant: null, service: {} })).toBeUndefined()
  })
})
