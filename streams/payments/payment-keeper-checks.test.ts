import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import type { Payment, PaymentFactChecked } from '#schemas/generated/types'
import {
  anomalyOf,
  complete,
  keptRow,
  money,
  paymentIn,
  version,
} from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
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

  it('expires by the word of the intermediary, not by the deadline', () => {
    const after = '2025-06-09T09:15:00+02:00'
    keeper
      .given(keptRow(started))
      .when(checkedFact('pending', { occurred_at: after }))
      .then(...version(checkedIn('PAYMENT_STARTED', '2025-06-10T09:15:00+02:00', after)))
    keeper
      .given(keptRow(started))
      .when(checkedFact('expired'))
      .then(...version(checkedIn('EXPIRED', null)))
  })

  it('expires what is still pending after a year', () => {
    const after = '2026-03-10T09:15:03+01:00'
    for (const payment of [pending, started]) {
      keeper
        .given(keptRow(payment))
        .when(checkedFact('pending', { occurred_at: after }))
        .then(...version(checkedIn('EXPIRED', null, after)))
    }
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
