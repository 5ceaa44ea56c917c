import { describe, expect, it } from 'vitest'
import { drive, driveTask, now } from '#core/drive'
import { to } from '#core/processor'
import type { ApplicationUpdate } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { applicationNotifier } from '#streams/payments/application-notifier'
import { complete, keptRow, money } from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { paymentUpdater } from '#streams/payments/payment-updater'
import { factOf, samplePayment } from '#streams/payments/samples'

const first = complete()
const second = {
  ...complete({ ...money, transaction_id: 'TRX-EXAMPLE-0002' }),
  id: '6f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c12',
}
const updatesOf = drive(paymentUpdater)
  .given(to(topics.reportedPayments, { payment_id: first.id, status: 'COMPLETE' }))
  .when(second)

/** What the notifier reports where the application went on long ago. */
const toldAgain = (update: ApplicationUpdate) =>
  driveTask(
    applicationNotifier({
      retryWindowMs: 0,
      register: { reportOutcome: async () => 'not-waiting', findStatus: async () => 2000 },
    }),
  ).when(update)

describe('an application that was paid twice', () => {
  it('by two payments is told of both: that the second is done already is no error (T9)', async () => {
    const update = updatesOf.outcome.emissions[0]!.value as ApplicationUpdate
    expect(update).toMatchObject({
      application_id: samplePayment().remote_id,
      payment_id: second.id,
      status: 'OK',
      transaction_id: 'TRX-EXAMPLE-0002',
    })
    await toldAgain(update).emits(
      to(topics.paymentFacts, {
        payment_id: second.id,
        occurred_at: formatDateTime(now),
        type: 'Notified',
        notified: { url: update.notify_url, application_status: 2000 },
      }),
    )
  })

  it('by two transactions of one payment stays as the first left it, and somebody is told', () => {
    const twice = factOf({ type: 'Settled', settled: { ...money, transaction_id: 'TRX-2' } })
    const { outcome } = drive(paymentKeeper).given(keptRow(first)).when(twice)
    const written = outcome.emissions.map(({ topic }) => topic)
    expect(written).not.toContain(topics.payments.name)
    const told = outcome.emissions.find(({ topic }) => topic === topics.paymentAnomalies.name)
    expect(told?.value).toMatchObject({
      kind: 'settled-twice',
      transaction_id: 'TRX-2',
      amount: money.amount,
    })
  })
})
