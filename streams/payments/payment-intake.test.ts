import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { RejectedError } from '#core/errors'
import {
  connectorOf,
  urlsOf,
  intake,
  configured,
  payment_id,
  seen,
  received,
  refused,
  row,
  opening,
  created,
  rowsOf,
  imported,
  service_id,
} from '#streams/payments/intake-samples'
import { paymentIntake } from '#streams/payments/payment-intake'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

describe('payment-intake', () => {
  it('takes in a creation that is ours to serve and orders its opening', () => {
    configured.when(created).then(seen(created), received(created), opening, row)
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
