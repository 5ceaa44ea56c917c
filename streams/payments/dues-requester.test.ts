import { describe, expect, it } from 'vitest'
import { drive, now } from '#core/drive'
import { RejectedError } from '#core/errors'
import { namedId } from '#core/identity'
import { type Emission, to } from '#core/processor'
import type { Intermediary, IntermediaryConnector } from '#ports/intermediary'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { duesRequester } from '#streams/payments/dues-requester'
import { sampleUser } from '#streams/payments/dues-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

const { tenant_id, service_id, user_id } = samplePayment()
const tenMinutes = 600_000

const connectorOf = (
  name: string,
  connect: () => Pick<Intermediary, 'findDues'>,
): IntermediaryConnector => ({
  name,
  forms: {},
  composeOpening: () => '{}',
  connect: () => connect() as Intermediary,
})
const listing = connectorOf('examplepay', () => ({ findDues: async () => [] }))
const mute = connectorOf('external-page', () => ({}))
const requester = drive(duesRequester([listing, mute], tenMinutes))
const configured = requester.given(tenantRow(), serviceRow())

const idOf = (service: string, user = user_id, connector = 'examplepay') =>
  namedId(`ask/${user}/${connector}/${service}`)
const request = (service = service_id, user = user_id): Emission =>
  to(topics.duesRequests, {
    ask_id: idOf(service, user),
    connector: 'examplepay',
    tenant_id,
    service_id: service,
    user_id: user,
    tax_code: 'PRVLCU85M15X000R',
    name: 'Luca',
    family_name: 'Prova',
    email: 'luca.prova@example.org',
  })
const asked = (at = now, service = service_id, user = user_id): Emission =>
  to(topics.askedDues, { ask_id: idOf(service, user), asked_at: formatDateTime(at) })

describe('dues-requester', () => {
  it('asks, at a login, for the dues of each service of the body', () => {
    const second = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'
    configured
      .given(serviceRow({ id: `examplepay/${second}`, service_id: second }))
      .when(sampleUser())
      .then(request(), asked(), request(second), asked(now, second))
  })

  it('writes no key that tells who it was', () => {
    const { outcome } = configured.when(sampleUser())
    for (const { key } of outcome.emissions) {
      expect(key).toMatch(/^[0-9a-f-]{36}$/)
      expect(key).not.toBe(user_id)
    }
  })

  it('asks once in ten minutes, however many logins are told', () => {
    const before = (ms: number) => new Date(now.getTime() - ms)
    const recent = configured.given(asked(before(tenMinutes - 1_000)))
    recent.when(sampleUser()).then()
    configured
      .given(asked(before(tenMinutes)))
      .when(sampleUser())
      .then(request(), asked())
  })

  it('asks for another citizen all the same', () => {
    const other = '1b9a7c3e-9a40-4d7c-a1a5-4f7b0a6d2c18'
    configured
      .given(asked())
      .when(sampleUser({ id: other }))
      .then(request(service_id, other), asked(now, service_id, other))
  })

  it('asks nobody who lists no dues', () => {
    const page = { id: `external-page/${service_id}`, connector: 'external-page' }
    requester
      .given(tenantRow({ ...page, id: `external-page/${tenant_id}` }), serviceRow(page))
      .when(sampleUser())
      .then()
  })

  it('asks nobody whose configuration is broken, so that other services are asked', () => {
    const broken = connectorOf('examplepay', () => {
      throw new RejectedError('bad-configuration', 'tenant.api_key: required')
    })
    drive(duesRequester([broken], tenMinutes))
      .given(tenantRow(), serviceRow())
      .when(sampleUser())
      .then()
  })

  it('asks for nothing where no configuration, an inactive one or several are', () => {
    requester.when(sampleUser()).then()
    requester
      .given(tenantRow({ active: false }), serviceRow())
      .when(sampleUser())
      .then()
    requester
      .given(tenantRow(), serviceRow({ active: false }))
      .when(sampleUser())
      .then()
    const page = { id: `external-page/${service_id}`, connector: 'external-page' }
    configured
      .given(tenantRow({ ...page, id: `external-page/${tenant_id}` }), serviceRow(page))
      .when(sampleUser())
      .then()
  })

  it('asks nothing about services of another body', () => {
    const elsewhere = 'b4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
    configured.when(sampleUser({ tenant_id: elsewhere })).then()
  })

  it.each([null, '', 'PRVLCU85M15X000A', 'XX', '12345678901'])(
    'asks for nothing by the tax code %j',
    (tax_code) => {
      configured.when(sampleUser({ tax_code })).then()
    },
  )

  it('asks by a tax code in its one spelling', () => {
    configured.when(sampleUser({ tax_code: ' prvlcu85m15x000r ' })).then(request(), asked())
  })
})
