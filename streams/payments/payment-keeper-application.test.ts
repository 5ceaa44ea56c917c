import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import type { PaymentFactType } from '#schemas/generated/types'
import {
  anomalyOf,
  complete,
  keptRow,
  money,
  openedFact,
  paymentIn,
  version,
} from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { factOf } from '#streams/payments/samples'

const keeper = drive(paymentKeeper)
const at = '2025-03-10T10:02:31+01:00'
const pending = paymentIn('PAYMENT_PENDING')

describe('payment-keeper: the application', () => {
  const url = pending.links.notify?.[0]?.url as string
  const notified = { url, application_status: null }
  const application_refused = { url, code: 'application-refused', message: 'in status 9000' }
  const refusal = factOf({ type: 'ApplicationRefused', application_refused })
  const about = {
    kind: 'application-refused',
    message: 'the application refused the outcome: application-refused',
  }

  it('notes when the application was told', () => {
    const notify = [{ url, method: 'POST', sent_at: at }]
    const next = { ...complete(), updated_at: at }
    keeper
      .given(keptRow(complete()))
      .when(factOf({ type: 'Notified', occurred_at: at, notified }))
      .then(...version({ ...next, links: { ...next.links, notify } }))
  })

  it('notes it once, however often the same is reported', () => {
    const notify = [{ url, method: 'POST', sent_at: at }]
    const told = { ...complete(), links: { ...complete().links, notify } }
    for (const occurred_at of [at, '2025-03-10T10:00:00+01:00']) {
      keeper
        .given(keptRow(told))
        .when(factOf({ type: 'Notified', occurred_at, notified }))
        .then()
    }
  })

  it('ignores an address the payment does not have', () => {
    const elsewhere = { url: 'https://elsewhere.example', application_status: null }
    const fact = factOf({ type: 'Notified', notified: elsewhere })
    keeper.given(keptRow(complete())).when(fact).then()
  })

  it('tells of an application that refused the outcome, also of a payment of others', () => {
    keeper.given(keptRow(complete())).when(refusal).then(anomalyOf(complete(), about))
    const unknown = { ...about, status: null, connector: null, tenant_id: null }
    keeper.when(refusal).then(anomalyOf(complete(), unknown))
    keeper.when(factOf({ type: 'Notified', notified })).then()
  })
})

describe('payment-keeper: a payment never received', () => {
  const nobody = { kind: 'unknown-payment', status: null, connector: null, tenant_id: null }
  const anomaly = (type: PaymentFactType, reported = {}) =>
    anomalyOf(pending, { ...nobody, message: `${type} of a payment never received`, ...reported })

  it('is told of, with the money that was reported', () => {
    keeper.when(factOf({ type: 'Settled', settled: money })).then(anomaly('Settled', money))
    const checked = { state: 'settled', ...money } as const
    keeper.when(factOf({ type: 'Checked', checked })).then(anomaly('Checked', money))
    keeper.when(openedFact).then(anomaly('Opened'))
    keeper.when(factOf({ type: 'Landed' })).then(anomaly('Landed'))
    const refused = factOf({ type: 'Refused', refused: { code: 'no', message: 'said no' } })
    keeper.when(refused).then(anomaly('Refused'))
  })
})
