import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import type { AwaitingSettlement, PaymentStatus } from '#schemas/generated/types'
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
const occurred_at = '2025-03-10T10:02:31+01:00'
const settledFact = (settled: AwaitingSettlement = money) =>
  factOf({ type: 'Settled', occurred_at, settled })
const created = paymentIn('CREATION_PENDING')
const pending = paymentIn('PAYMENT_PENDING')
const paid = { ...complete(), updated_at: occurred_at }
const other = { ...money, transaction_id: 'TRX-EXAMPLE-0002' }

describe('payment-keeper: money', () => {
  it('completes a payment that waits for it', () => {
    for (const status of ['PAYMENT_PENDING', 'PAYMENT_STARTED'] as const) {
      keeper
        .given(keptRow(paymentIn(status)))
        .when(settledFact())
        .then(...version(paid))
    }
  })

  it('does not complete by another sum, and tells', () => {
    for (const amount of [4249, 4251]) {
      keeper
        .given(keptRow(pending))
        .when(settledFact({ ...money, amount }))
        .then(
          anomalyOf(pending, {
            kind: 'amount-differs',
            message: `42.${amount - 4200} was paid, 42.50 is asked for`,
            ...money,
            amount,
          }),
        )
    }
  })

  it('takes the sum paid where none was asked for', () => {
    const open = paymentIn('PAYMENT_PENDING', { details: { amount: null } })
    keeper
      .given(keptRow(open))
      .when(settledFact())
      .then(...version(paid))
  })

  it('tells when the transaction that paid it is reported again', () => {
    keeper
      .given(keptRow(complete()))
      .when(settledFact())
      .then(
        anomalyOf(complete(), {
          kind: 'settled-again',
          message: 'the same transaction was reported before',
          ...money,
        }),
      )
  })

  it('is no news by a notification of what a check had found before', () => {
    const update = { last_check_at: '2025-03-10T10:02:31+01:00', next_check_at: null }
    const found = paymentIn('COMPLETE', { details: money, update })
    keeper.given(keptRow(found)).when(settledFact()).then()
  })

  it('tells when a second transaction pays it', () => {
    keeper
      .given(keptRow(complete()))
      .when(settledFact(other))
      .then(
        anomalyOf(complete(), {
          kind: 'settled-twice',
          message: 'another transaction paid it before',
          ...other,
        }),
      )
  })

  it('knows a transaction without a name by its moment', () => {
    const nameless = { ...money, transaction_id: null, paid_at: '2025-03-10T09:01:58Z' }
    const again = { kind: 'settled-again', message: 'the same transaction was reported before' }
    keeper
      .given(keptRow(complete()))
      .when(settledFact(nameless))
      .then(anomalyOf(complete(), { ...again, ...nameless }))
    const later = { ...nameless, paid_at: '2025-03-10T09:01:59Z' }
    const twice = { kind: 'settled-twice', message: 'another transaction paid it before' }
    keeper
      .given(keptRow(complete()))
      .when(settledFact(later))
      .then(anomalyOf(complete(), { ...twice, ...later }))
  })

  it.each<PaymentStatus>(['EXPIRED', 'CANCELED', 'CREATION_FAILED', 'PAYMENT_FAILED'])(
    'tells of money that comes after %s',
    (status) => {
      const payment = paymentIn(status)
      keeper
        .given(keptRow(payment))
        .when(settledFact())
        .then(
          anomalyOf(payment, {
            kind: 'settled-after-final',
            message: `money was reported after ${status}`,
            ...money,
          }),
        )
    },
  )
})

describe('payment-keeper: money that overtakes the opening', () => {
  it('waits in the row', () => {
    keeper.given(keptRow(created)).when(settledFact()).then(keptRow(created, money))
    keeper.given(keptRow(created, money)).when(settledFact()).then()
  })

  it('completes the payment step by step once it is open', () => {
    const [opened] = version(pending)
    keeper
      .given(keptRow(created, money))
      .when(openedFact)
      .then(opened as never, ...version(complete()))
  })

  it('is told of when the opening is refused', () => {
    const failed = paymentIn('CREATION_FAILED')
    const refused = { code: 'no', message: 'said no' }
    keeper
      .given(keptRow(created, money))
      .when(factOf({ type: 'Refused', refused }))
      .then(
        ...version(failed),
        anomalyOf(failed, {
          kind: 'settled-after-final',
          message: 'money was reported after CREATION_FAILED',
          ...money,
        }),
      )
  })

  it('is told of when it comes twice or is another sum', () => {
    keeper
      .given(keptRow(created, money))
      .when(settledFact(other))
      .then(
        anomalyOf(created, {
          kind: 'settled-twice',
          message: 'money was reported twice before the opening',
          ...other,
        }),
      )
    const less = { ...money, amount: 1 }
    keeper
      .given(keptRow(created))
      .when(settledFact(less))
      .then(
        anomalyOf(created, {
          kind: 'amount-differs',
          message: '0.01 was paid, 42.50 is asked for',
          ...less,
        }),
      )
  })
})
