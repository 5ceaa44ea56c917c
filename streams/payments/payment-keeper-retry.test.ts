import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import { to } from '#core/processor'
import { appVersion } from '#core/version'
import type { PaymentStatus } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { anomalyOf, connector, keptRow, paymentIn } from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { factOf, samplePayment } from '#streams/payments/samples'

const keeper = drive(paymentKeeper)
const failed = paymentIn('CREATION_FAILED', { updated_at: '2025-03-10T09:15:05+01:00' })
const retry_payment_id = 'c0ffee00-1111-4222-8333-444455556666'
const requested = factOf({ type: 'RetryRequested' })
const at = '2025-03-10T09:20:00+01:00'
const retried = factOf({ type: 'Retried', occurred_at: at, retried: { retry_payment_id } })
const { id, tenant_id, remote_id, links } = failed
const again = {
  ...samplePayment(),
  id: retry_payment_id,
  created_at: at,
  updated_at: at,
  payment: { ...samplePayment().payment, iud: 'c0ffee00111142228333444455556666' },
}

describe('payment-keeper: a creation that failed', () => {
  it('is asked to be tried again where applications are told', () => {
    const update = to(topics.applicationUpdates, {
      application_id: remote_id,
      payment_id: id,
      tenant_id,
      status: 'RETRY',
      status_code: 'RETRY',
      status_message: 'the creation of the payment is to be tried again',
      notify_url: links.notify?.[0]?.url as string,
      notify_method: 'POST',
      transaction_id: null,
      held_until: null,
    })
    keeper.given(keptRow(failed)).when(requested).then(update)
  })

  it('is created again under another id, with nothing of the failed one, once', () => {
    const row = keptRow(failed, null, { retry_payment_id })
    keeper
      .given(keptRow(failed))
      .when(retried)
      .then(to(topics.payments, again, { appId: `${connector}-payment-proxy:${appVersion}` }), row)
    keeper.given(row).when(retried).then()
    keeper.given(row).when(requested).then()
  })

  it('leaves what an earlier opening told behind', () => {
    const notify = links.notify?.map((target) => ({ ...target, sent_at: at })) ?? null
    const opened = { ...links.receipt, url: 'https://proxy.example', last_opened_at: at }
    const update = { ...links.update, url: 'https://proxy.example', last_check_at: at }
    const told = { ...links, notify, receipt: opened, offline_payment: opened, update }
    const { emissions } = keeper.given(keptRow({ ...failed, links: told })).when(retried).outcome
    const [first] = emissions
    drive(paymentKeeper)
      .given(keptRow(failed))
      .when(retried)
      .then(first as never, keptRow(failed, null, { retry_payment_id }))
  })

  it('is told of when it was too late', () => {
    const message = 'its application was told'
    const retry_refused = { code: 'application-told', message }
    keeper
      .given(keptRow(failed))
      .when(factOf({ type: 'RetryRefused', retry_refused }))
      .then(anomalyOf(failed, { kind: 'retry-refused', message }))
  })

  it.each<PaymentStatus>(['CREATION_PENDING', 'PAYMENT_PENDING', 'COMPLETE', 'EXPIRED'])(
    'is none that is %s',
    (status) => {
      const payment = paymentIn(status)
      const message = `a payment that is ${status} is not tried again`
      keeper
        .given(keptRow(payment))
        .when(requested)
        .then(anomalyOf(payment, { kind: 'retry-refused', message }))
      keeper.given(keptRow(payment)).when(retried).then()
    },
  )
})
