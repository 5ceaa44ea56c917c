import { describe, expect, it } from 'vitest'
import { drive, now } from '#core/drive'
import { RejectedError } from '#core/errors'
import { to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import type { Payment, PaymentFactRefused } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { paymentIntake } from '#streams/payments/payment-intake'
import { urls } from '#streams/payments/keeper-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

const connectorOf = (
  name: string,
  composeOpening: IntermediaryConnector['composeOpening'] = (payment, configuration) =>
    JSON.stringify({ iud: payment.payment.iud, ...configuration }),
): IntermediaryConnector => ({
  name,
  forms: {},
  composeOpening,
  connect: () => {
    throw new Error('never called: the intake is pure')
  },
})
const connectors = [connectorOf('examplepay'), connectorOf('otherpay')]
const urlsOf: UrlsOf = () => ({ addresses: { landing: '', notify: '' }, links: urls })
const intake = drive(paymentIntake(connectors, urlsOf))
const configured = intake.given(tenantRow(), serviceRow())
const occurred_at = formatDateTime(now)
const payment_id = samplePayment().id
const versions = {
  connector: 'examplepay',
  tenant_configuration_version: 3,
  service_configuration_version: 5,
}
const seen = (payment: Payment, is_echo = false) =>
  to(topics.paymentSeen, { payment_id, payment, source_partition: 0, source_offset: 7, is_echo })
const received = (payment: Payment) =>
  to(topics.paymentFacts, {
    payment_id,
    occurred_at,
    type: 'Received',
    received: { payment, ...versions },
  })
const refused = (told: PaymentFactRefused) =>
  to(topics.paymentFacts, { payment_id, occurred_at, type: 'Refused', refused: told })
const row = to(topics.receivedPayments, { payment_id, received_at: occurred_at })
const { iud } = samplePayment().payment
const { tenant_id, service_id } = samplePayment()
const opening = to(topics.paymentOpenings, {
  payment_id,
  tenant_id,
  service_id,
  iud,
  request: `{"iud":"${iud}","tenant":{"base_url":"http://127.0.0.1:9"},"service":{"due_type":"CANONE"}}`,
  ...versions,
})
const created = samplePayment()
const rowsOf = (connector: string) => [
  tenantRow({ id: `${connector}/${tenant_id}`, connector }),
  serviceRow({ id: `${connector}/${service_id}`, connector }),
]
const imported = samplePayment({ status: 'PAYMENT_PENDING' })
const adopted = (changes: Partial<Payment['links']> = {}): Payment => {
  const { links } = imported
  return {
    ...imported,
    links: {
      ...links,
      online_payment_begin: { ...links.online_payment_begin, url: urls.online_payment_begin },
      offline_payment: { ...links.offline_payment, url: urls.offline_payment },
      receipt: { ...links.receipt, url: urls.receipt },
      update: { ...links.update, url: urls.update },
      ...changes,
    },
  }
}

describe('payment-intake', () => {
  it('takes in a creation that is ours to serve and orders its opening', () => {
    configured.when(created).then(seen(created), received(created), opening, row)
  })

  it('takes in a due that was born elsewhere; it is open already, and leads to us', () => {
    configured.when(imported).then(seen(imported), received(adopted()), row)
  })

  it('keeps the addresses a due has, and fills in those it lacks', () => {
    const { links } = imported
    const online_payment_begin = { ...links.online_payment_begin, url: 'https://other.example/1' }
    const filled = { ...imported, links: { ...links, online_payment_begin } }
    configured.when(filled).then(seen(filled), received(adopted({ online_payment_begin })), row)
  })

  it('only mirrors a due that another proxy follows, whatever is configured here', () => {
    const { links } = imported
    const followedAt = (url: string) => ({
      ...imported,
      links: { ...links, update: { ...links.update, url } },
    })
    for (const url of ['https://iris.example/update/1', 'no address']) {
      configured.when(followedAt(url)).then(seen(followedAt(url)))
    }
    const ours = followedAt(`${new URL(urls.update).origin}/another/update/1`)
    const { update } = ours.links
    configured.when(ours).then(seen(ours), received(adopted({ update })), row)
  })

  it('takes in a creation that is tried again: the keeper wrote it', () => {
    const headers = { 'corrente-unit': 'payment-keeper' }
    configured.when(created, { headers }).then(seen(created), received(created), opening, row)
    configured.given(row).when(created, { headers }).then(seen(created))
  })

  it('takes in each payment once', () => {
    configured.given(row).when(created).then(seen(created, true))
    configured.given(row).when(imported).then(seen(imported, true))
  })

  it('only mirrors what the keeper wrote', () => {
    const headers = { 'corrente-unit': 'payment-keeper' }
    configured.when(imported, { headers }).then(seen(imported))
    const dispatched = { 'corrente-unit': 'payment-dispatcher' }
    configured
      .when(created, { headers: dispatched })
      .then(seen(created), received(created), opening, row)
  })

  it('only mirrors other states', () => {
    const complete = samplePayment({ status: 'COMPLETE' })
    configured.when(complete).then(seen(complete))
  })

  it.each([
    ['a service nobody configured', [tenantRow()]],
    ['a tenant nobody configured', [serviceRow()]],
    ['an inactive service', [tenantRow(), serviceRow({ active: false })]],
    ['an inactive tenant', [tenantRow({ active: false }), serviceRow()]],
    ['a service of another tenant', [tenantRow(), serviceRow({ tenant_id: payment_id })]],
    ['a connector we do not have', rowsOf('gonepay')],
  ])('only mirrors the payment of %s', (_, rows) => {
    intake
      .given(...rows)
      .when(created)
      .then(seen(created))
  })

  it('sets aside what two configurations claim, and mirrors it', () => {
    const { outcome, thenSetsAside } = configured.given(...rowsOf('otherpay')).when(created)
    thenSetsAside('ambiguous-configuration', seen(created))
    expect(String(outcome.cause)).toContain(`examplepay/${service_id}, otherpay/${service_id}`)
  })

  it('does not count the configuration of a connector we do not have', () => {
    configured
      .given(...rowsOf('gonepay'))
      .when(created)
      .then(seen(created), received(created), opening, row)
  })

  it('refuses a creation the connector cannot express', () => {
    const refusing = connectorOf('examplepay', () => {
      throw new RejectedError('amount-missing', 'no amount')
    })
    drive(paymentIntake([refusing], urlsOf))
      .given(tenantRow(), serviceRow())
      .when(created)
      .then(
        seen(created),
        received(created),
        refused({ code: 'amount-missing', message: 'no amount' }),
        row,
      )
  })

  it('takes what a creation does not say from the configuration of its service', () => {
    const bare = samplePayment({
      payment: { ...created.payment, amount: null, expire_at: null, split: [] },
    })
    const split = [
      { split_id: 'c_1', split_amount: 0.4 },
      { split_id: 'c_2', split_amount: 0.6 },
    ]
    const config = JSON.stringify({ due_type: 'CANONE', amount: 42.51, expire_at: 90, split })
    const { outcome } = intake.given(tenantRow(), serviceRow({ config })).when(bare)
    const [mirrored, fact, order] = outcome.emissions
    expect(mirrored).toEqual(seen(bare))
    const { payment } = (fact?.value as { received: { payment: Payment } }).received
    expect(payment.payment).toMatchObject({
      amount: 4251,
      expire_at: '2025-06-08T09:15:02+02:00',
      split: [
        { code: 'c_1', amount: 1701 },
        { code: 'c_2', amount: 2550 },
      ],
    })
    expect(order?.topic).toBe('payment.openings')
  })

  it('leaves a due that was born elsewhere as it was told', () => {
    const due = samplePayment({
      status: 'PAYMENT_PENDING',
      payment: { ...created.payment, amount: null },
    })
    const config = JSON.stringify({ due_type: 'CANONE', amount: 42.5 })
    const { outcome } = intake.given(tenantRow(), serviceRow({ config })).when(due)
    const fact = outcome.emissions[1]?.value as { received: { payment: Payment } }
    expect(fact.received.payment.payment.amount).toBeNull()
  })

  it('sets aside a creation whose amount the configured shares do not make', () => {
    const split = [{ split_id: 'c_1', split_amount: 40 }]
    const config = JSON.stringify({ due_type: 'CANONE', split })
    const bare = samplePayment({ payment: { ...created.payment, split: [] } })
    intake
      .given(tenantRow(), serviceRow({ config }))
      .when(bare)
      .thenSetsAside('bad-configuration', seen(bare))
  })

  it('sets aside what a broken configuration would refuse, and mirrors it', () => {
    const broken = connectorOf('examplepay', () => {
      throw new RejectedError('bad-configuration', 'service.due_type: required')
    })
    drive(paymentIntake([broken], urlsOf))
      .given(tenantRow(), serviceRow())
      .when(created)
      .thenSetsAside('bad-configuration', seen(created))
  })
})
