import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { type Exchange, noteHere } from '#core/exchanges'
import { to } from '#core/processor'
import type { Intermediary } from '#ports/intermediary'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { debtPositionOpener } from '#streams/payments/debt-position-opener'
import { numbers, urls } from '#streams/payments/keeper-samples'
import { type NotesOf, toPaymentExchange } from '#streams/payments/noted-intermediary'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

const { id: payment_id, tenant_id, service_id, payment } = samplePayment()
const noted = { payment_id, connector: 'examplepay' }
const exchange: Exchange = {
  direction: 'out',
  method: 'GET',
  url: 'https://pay.example',
  startedAt: new Date('2025-03-10T09:15:02+01:00'),
  ms: 12,
  status: 200,
  error: undefined,
  request: undefined,
  response: undefined,
}

describe('an intermediary that is noted', () => {
  it('tells the opener’s exchanges under the payment that is opened', async () => {
    const told: unknown[] = []
    const notesOf: NotesOf = (about) => (one) => void told.push([about, one])
    const intermediary: Intermediary = {
      openDebtPosition: async () => {
        await Promise.resolve()
        noteHere()?.(exchange)
        return numbers
      },
      findDebtPosition: async () => numbers,
      findSettlement: async () => ({ state: 'pending' }),
      beginOnlinePayment: async () => ({ url: 'https://pay.example' }),
    }
    const addresses = { landing: 'https://proxy.example/1', notify: 'https://proxy.example/notify' }
    const ports = { intermediaryOf: () => intermediary, urlsOf: () => ({ addresses, links: urls }) }
    await driveTask(debtPositionOpener({ ...ports, notesOf }))
      .given(tenantRow(), serviceRow())
      .when({
        payment_id,
        tenant_id,
        service_id,
        connector: 'examplepay',
        iud: payment.iud,
        request: '{}',
        tenant_configuration_version: 1,
        service_configuration_version: 1,
        event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
        event_version: '1.0',
        event_created_at: '2025-03-10T09:15:02+01:00',
        app_id: 'payment-intake:0.1.0',
      })
      .emits(
        to(topics.paymentFacts, {
          payment_id,
          occurred_at: formatDateTime(now),
          type: 'Opened',
          opened: { ...numbers, links: { ...urls, receipt: null } },
        }),
      )
    expect(told).toEqual([[noted, exchange]])
    expect(noteHere()).toBeUndefined()
  })

  it.each([
    ['https://pay.example/dues', 'pay.example', '/dues'],
    ['https://me:secret@pay.example:8443/v2/dues', 'pay.example:8443', '/v2/dues'],
    [`https://pay.example/dues/${payment.iud}/x`, 'pay.example', `/dues/${payment.iud}/x`],
    [`https://pay.example/${payment_id}`, 'pay.example', `/${payment_id}`],
    ['https://pay.example/avvisi/301000000012345688', 'pay.example', '/avvisi/301000000012345688'],
    ['https://pay.example/s/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', 'pay.example', '/s/…'],
    ['https://pay.example/d/PRVLCU85M15X000R', 'pay.example', '/d/…'],
    ['https://pay.example/?iud=1&iud=2&key=geheim', 'pay.example', '/?iud&key'],
    ['https://pay.example/?PRVLCU85M15X000R=1', 'pay.example', '/?…'],
    ['no address', '', ''],
  ])('is told of %s by host and path', (url, host, path) => {
    expect(toPaymentExchange(noted, { ...exchange, url })).toMatchObject({ host, path })
  })

  it.each([
    [undefined, null],
    ['ECONNREFUSED', 'ECONNREFUSED'],
    ['link-local-host', 'link-local-host'],
    ['connect to Luca failed', 'unknown-error'],
  ])('says why no answer came by a code: %s', (error, code) => {
    expect(toPaymentExchange(noted, { ...exchange, status: undefined, error })).toMatchObject({
      status: null,
      error: code,
    })
  })
})
