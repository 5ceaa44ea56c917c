import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import { to } from '#core/processor'
import type { Configuration, DebtPosition, Intermediary } from '#ports/intermediary'
import type { PaymentFactLinks } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { debtPositionOpener } from '#streams/payments/debt-position-opener'
import { numbers, urls } from '#streams/payments/keeper-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

const { id: payment_id, tenant_id, service_id, payment } = samplePayment()
const opening = {
  payment_id,
  tenant_id,
  service_id,
  connector: 'examplepay',
  iud: payment.iud,
  request: '{"amount":"42.50"}',
  tenant_configuration_version: 1,
  service_configuration_version: 1,
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'payment-intake:0.1.0',
}
const addresses = {
  landing: 'https://proxy.example/landing/1',
  notify: 'https://proxy.example/notify',
}
const fact = { payment_id, occurred_at: formatDateTime(now) }
const opened = to(topics.paymentFacts, {
  ...fact,
  type: 'Opened',
  opened: { ...numbers, links: urls },
})

type Open = Intermediary['openDebtPosition']
type Find = Intermediary['findDebtPosition']
const neverCalled = (): Promise<never> => Promise.reject(new Error('never called'))

/** An opener whose intermediary answers so, and what it was asked. */
function openerOf(
  openDebtPosition: Open,
  asked: unknown[] = [],
  findDebtPosition: Find = neverCalled,
  offers: Partial<Intermediary> = { fetchNotice: neverCalled, fetchReceipt: neverCalled },
) {
  const intermediaryOf = (connector: string, configuration: Configuration): Intermediary => ({
    openDebtPosition: (...call) => {
      asked.push(connector, configuration, call[0], call[1])
      return openDebtPosition(...call)
    },
    findDebtPosition,
    findSettlement: neverCalled,
    beginOnlinePayment: neverCalled,
    ...offers,
  })
  return driveTask(
    debtPositionOpener({ intermediaryOf, urlsOf: () => ({ addresses, links: urls }) }),
  )
}
const failing = (error: Error) => openerOf(() => Promise.reject(error))
const rows = [tenantRow(), serviceRow()]

describe('debt-position-opener', () => {
  it('reports the numbers and the addresses of the debt position it opened', async () => {
    await openerOf(async () => numbers)
      .given(...rows)
      .when(opening)
      .emits(opened)
  })

  const both = { fetchNotice: neverCalled, fetchReceipt: neverCalled }
  const neither = { notice_code: null, iuv: null }
  const iuvOnly = { ...numbers, notice_code: null }
  it.each<[string, DebtPosition, Partial<Intermediary>, Partial<PaymentFactLinks>]>([
    ['a notice of theirs, by any number to pay by', iuvOnly, both, {}],
    ['a notice of ours, by the notice code', numbers, {}, { receipt: null }],
    ['no notice of ours without one', iuvOnly, {}, { offline_payment: null, receipt: null }],
    ['no notice without any number', neither, both, { offline_payment: null }],
  ])(
    'links to %s, and to no receipt that nobody gives',
    async (_what, position, offers, changed) => {
      const links = { ...urls, ...changed }
      await openerOf(async () => position, [], neverCalled, offers)
        .given(...rows)
        .when(opening)
        .emits(to(topics.paymentFacts, { ...fact, type: 'Opened', opened: { ...position, links } }))
    },
  )

  it('sends the composed request with the credentials of now', async () => {
    const asked: unknown[] = []
    const service = { due_type: 'CANONE' }
    await openerOf(async () => numbers, asked)
      .given(tenantRow({ version: 9, config: '{"api_key":"new"}' }), serviceRow())
      .when(opening)
      .emits(opened)
    const configuration = { tenant: { api_key: 'new' }, service }
    expect(asked).toEqual(['examplepay', configuration, '{"amount":"42.50"}', addresses])
  })

  it('finishes what was ordered before its configuration was deactivated', async () => {
    const inactive = [tenantRow({ active: false }), serviceRow({ active: false })]
    await openerOf(async () => numbers)
      .given(...inactive)
      .when(opening)
      .emits(opened)
  })

  it('reports a refusal, with a short message', async () => {
    const refused = { code: 'examplepay-422', message: 'x'.repeat(200) }
    await failing(new RejectedError('examplepay-422', 'x'.repeat(999)))
      .given(...rows)
      .when(opening)
      .emits(to(topics.paymentFacts, { ...fact, type: 'Refused', refused }))
  })

  it('tries again while the outcome is unknown', async () => {
    await failing(new TransientError('no answer'))
      .given(...rows)
      .when(opening)
      .waits()
  })

  it('waits for a configuration that is missing or broken', async () => {
    await openerOf(async () => numbers)
      .given(tenantRow())
      .when(opening)
      .waits()
    await openerOf(async () => numbers)
      .given(serviceRow())
      .when(opening)
      .waits()
    const intermediaryOf = () => {
      throw new RejectedError('bad-configuration', 'tenant.api_key: required')
    }
    const urlsOf = () => ({ addresses, links: urls })
    await driveTask(debtPositionOpener({ intermediaryOf, urlsOf }))
      .given(...rows)
      .when(opening)
      .waits()
  })

  it('lets a bug be seen as one', async () => {
    const bug = new TypeError('a bug')
    await expect(
      failing(bug)
        .given(...rows)
        .when(opening)
        .emits(),
    ).rejects.toBe(bug)
  })
})

describe('debt-position-opener, whose tries are used up', () => {
  const exhausted = { attempts: 40, reason: 'examplepay answered 503' }
  const finding = (find: Find) =>
    openerOf(neverCalled, [], find)
      .given(...rows)
      .when(opening, { exhausted })

  it('reports the position that one of them opened unheard', async () => {
    const asked: string[] = []
    await finding(async (request) => {
      asked.push(request)
      return numbers
    }).emits(opened)
    expect(asked).toEqual([opening.request])
  })

  it('refuses the payment where none did', async () => {
    const message = '40 tries to open it, the last: examplepay answered 503'
    const refused = { code: 'no-answer', message }
    await finding(async () => undefined).emits(
      to(topics.paymentFacts, { ...fact, type: 'Refused', refused }),
    )
  })

  it('waits on while nobody knows', async () => {
    await finding(() => Promise.reject(new TransientError('examplepay is away'))).waits()
  })
})
