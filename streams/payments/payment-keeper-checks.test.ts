import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import type { Payment, PaymentFactChecked } from '#schemas/generated/types'
import {
  anomalyOf,
  checksEnd,
  complete,
  keptRow,
  money,
  paymentIn,
  version,
} from '#streams/payments/keeper-samples'
import { paymentKeeper, paymentKeeperWith } from '#streams/payments/payment-keeper'
import { factOf } from '#streams/payments/samples'

const keeper = drive(paymentKeeper)
const nothing = { transaction_id: null, paid_at: null, amount: null }
const at = '2025-03-10T09:16:05+01:00'
const checkedFact = (
  state: PaymentFactChecked['state'],
  {
    occurred_at = at,
    told = {},
  }: { occurred_at?: string; told?: Partial<PaymentFactChecked> } = {},
) => factOf({ type: 'Checked', occurred_at, checked: { state, ...nothing, ...told } })
const settled = (told: Partial<PaymentFactChecked> = {}) =>
  checkedFact('settled', { told: { ...money, ...told } })
const checkedIn = (
  status: Payment['status'],
  next_check_at: string | null,
  last_check_at = at,
): Payment =>
  paymentIn(status, { updated_at: last_check_at, update: { last_check_at, next_check_at } })
const pending = paymentIn('PAYMENT_PENDING')
const started = paymentIn('PAYMENT_STARTED')
const nextDay = '2025-03-11T09:16:05+01:00'

describe('payment-keeper: checks', () => {
  it('notes the check and plans the next; a refused attempt is not the end', () => {
    for (const state of ['pending', 'refused'] as const) {
      keeper
        .given(keptRow(pending))
        .when(checkedFact(state))
        .then(...version(checkedIn('PAYMENT_PENDING', '2025-03-10T09:17:05+01:00')))
    }
  })

  it('does not plan by a check that comes late', () => {
    const checked = checkedIn('PAYMENT_PENDING', '2025-03-10T09:17:05+01:00')
    keeper
      .given(keptRow(checked))
      .when(checkedFact('pending', { occurred_at: '2025-03-10T09:15:30+01:00' }))
      .then(...version(checked))
  })

  it('goes on after the deadline for a day, at whose end is the last check', () => {
    const after = '2025-06-08T20:00:00+02:00'
    keeper
      .given(keptRow(started))
      .when(checkedFact('pending', { occurred_at: after }))
      .then(...version(checkedIn('PAYMENT_STARTED', checksEnd, after)))
  })

  it('plans the next Sunday from day 30 on where the tail is weekly, and the last check all the same', () => {
    const weekly = drive(paymentKeeperWith('weekly')).given(keptRow(started))
    for (const [occurred_at, next] of [
      ['2025-04-22T09:16:05+02:00', '2025-04-27T09:16:05+02:00'],
      ['2025-06-08T09:00:00+02:00', checksEnd],
    ] as const) {
      weekly
        .when(checkedFact('pending', { occurred_at }))
        .then(...version(checkedIn('PAYMENT_STARTED', next, occurred_at)))
    }
  })

  it('expires by the word of the intermediary before', () => {
    keeper
      .given(keptRow(started))
      .when(checkedFact('expired'))
      .then(...version(checkedIn('EXPIRED', null)))
  })

  it('expires what the last check finds unpaid', () => {
    for (const payment of [pending, started]) {
      for (const state of ['pending', 'refused'] as const) {
        keeper
          .given(keptRow(payment))
          .when(checkedFact(state, { occurred_at: checksEnd }))
          .then(...version(checkedIn('EXPIRED', null, checksEnd)))
      }
    }
  })

  it('completes what the last check finds settled', () => {
    const update = { last_check_at: checksEnd, next_check_at: null }
    keeper
      .given(keptRow(pending))
      .when(checkedFact('settled', { occurred_at: checksEnd, told: money }))
      .then(...version(paymentIn('COMPLETE', { details: money, updated_at: checksEnd, update })))
  })

  it('completes what the check finds settled', () => {
    const update = { last_check_at: at, next_check_at: null }
    const paid = paymentIn('COMPLETE', { details: money, updated_at: at, update })
    keeper
      .given(keptRow(started))
      .when(settled())
      .then(...version(paid))
    keeper.given(keptRow(paid)).when(settled()).then()
  })

  it('lets money wait that it finds before the opening, and nothing else', () => {
    const created = paymentIn('CREATION_PENDING')
    keeper.given(keptRow(created)).when(settled()).then(keptRow(created, money))
    keeper.given(keptRow(created)).when(checkedFact('pending')).then()
  })

  it('cancels before the start', () => {
    keeper
      .given(keptRow(pending))
      .when(checkedFact('cancelled'))
      .then(...version(checkedIn('CANCELED', null)))
  })

  it('tells of a cancellation after the start, keeps the state and reminds in a day', () => {
    const about = { kind: 'illegal-step', message: 'CANCELED does not follow PAYMENT_STARTED' }
    keeper
      .given(keptRow(started))
      .when(checkedFact('cancelled'))
      .then(...version(checkedIn('PAYMENT_STARTED', nextDay)), anomalyOf(started, about))
  })

  it.each([
    ['another sum', { amount: 4000 }, '40.00 was paid, 42.50 is asked for'],
    ['no sum', { amount: null }, 'it was paid, but no sum or no moment was told'],
    ['no moment', { paid_at: null }, 'it was paid, but no sum or no moment was told'],
  ])('does not complete by %s, tells and reminds in a day', (_, told, message) => {
    keeper
      .given(keptRow(pending))
      .when(settled(told))
      .then(
        ...version(checkedIn('PAYMENT_PENDING', nextDay)),
        anomalyOf(pending, { kind: 'amount-differs', message, ...money, ...told }),
      )
  })

  it('leaves an ended payment alone, but for other money', () => {
    keeper.given(keptRow(complete())).when(checkedFact('pending')).then()
    keeper
      .given(keptRow(paymentIn('EXPIRED')))
      .when(checkedFact('expired'))
      .then()
    const transaction_id = 'TRX-EXAMPLE-0002'
    keeper
      .given(keptRow(complete()))
      .when(settled({ transaction_id }))
      .then(
        anomalyOf(complete(), {
          kind: 'settled-twice',
          message: 'another transaction paid it before',
          ...money,
          transaction_id,
        }),
      )
  })
})
