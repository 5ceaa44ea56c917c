import { describe, expect, it } from 'vitest'
import { creditorOf, identityOf, serviceOf, tenantOf } from '#connectors/iris/config'
import { exampleConfiguration } from '#connectors/iris/example-configuration'
import { iris } from '#connectors/iris/index'
import { secretsIn } from '#ports/configuration-form'
import { examplePayment } from '#sandboxes/example-payment'

const at = 'http://127.0.0.1:9/'
const addresses = { positionsUrl: at, statusUrl: at, noticesUrl: at }
const configuration = (tenant = {}, service = {}) =>
  exampleConfiguration(addresses, { tenant, service })
const refused = (tenant = {}, service = {}) => {
  try {
    const given = configuration(tenant, service)
    tenantOf(given)
    serviceOf(given)
    creditorOf(given)
    return identityOf(tenantOf(given))
  } catch (error) {
    return (error as Error).message
  }
}

describe('a configuration', () => {
  it('is taken, with what may be left out', () => {
    expect(tenantOf(configuration())).toMatchObject({
      receiver_id: 'iris',
      receiver_system: 'SIL_iris_ITR',
      version: '01.03-02',
    })
    expect(serviceOf(configuration())).toEqual({
      due_type: 'CANONE_UNICO',
      item_type: 'ONERI',
      item_code: '000',
      split: [],
    })
  })

  it.each([
    ['an address that is none', { positions_url: 'iris' }, 'tenant.positions_url'],
    ['an id with a hyphen', { sender_id: 'a-b' }, 'tenant.sender_id'],
    ['a segregation code that is none', { segregation_code: '1' }, 'tenant.segregation_code'],
    ['a version nobody knows', { version: '02.00-00' }, 'tenant.version'],
    ['a password that is guessed', { notify_password: 'short' }, 'tenant.notify_password'],
    ['a certificate that is none', { client_certificate: 'x' }, 'tenant.client_certificate'],
    ['a body without a tax code', { tax_identification_number: '1' }, 'tenant.tax_identification'],
  ])('is refused for %s', (_what, tenant, member) => {
    expect(refused(tenant)).toContain(member)
  })

  it('is refused for a digital service without a type of pendency', () => {
    expect(refused({}, { due_type: undefined })).toContain('service.due_type')
  })

  it('keeps its secrets', () => {
    expect(secretsIn(iris.forms.tenant)).toEqual(['password', 'client_key', 'notify_password'])
  })

  it('says nothing secret in what is asked for', () => {
    const request = iris.composeOpening(examplePayment(), configuration())
    for (const secret of ['prova-prova', 'prova-notifiche']) expect(request).not.toContain(secret)
  })

  const pem = (kind: string, body: string) => `-----BEGIN ${kind}-----${body}-----END ${kind}-----`

  it('shows a certificate, whose line ends a field may have lost', () => {
    const client_certificate = pem('CERTIFICATE', ' QUJD REVG ')
    const client_key = pem('PRIVATE KEY', 'R0hJ')
    expect(refused({ client_certificate, client_key })).toEqual({
      cert: '-----BEGIN CERTIFICATE-----\nQUJDREVG\n-----END CERTIFICATE-----\n',
      key: '-----BEGIN PRIVATE KEY-----\nR0hJ\n-----END PRIVATE KEY-----\n',
    })
  })

  it.each([
    ['client_certificate', { client_key: pem('PRIVATE KEY', 'R0hJ') }],
    ['client_key', { client_certificate: pem('CERTIFICATE', 'QUJD') }],
  ])('is refused where %s is missing beside the other half', (member, tenant) => {
    expect(refused(tenant)).toContain(`tenant.${member}`)
  })
})
