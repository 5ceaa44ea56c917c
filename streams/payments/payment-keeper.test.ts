import { describe, it } from 'vitest'
import { drive } from '#core/drive'
import type { PaymentStatus } from '#schemas/generated/types'
import {
  anomalyOf,
  complete,
  connector,
  expiryDue,
  keptRow,
  numbers,
  openedFact,
  paymentIn,
  urls,
  version,
} from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { factOf, samplePayment } from '#streams/payments/samples'

const keeper = drive(paymentKeeper)
const versions = { tenant_configuration_version: 3, service_configuration_version: 5 }
const received = factOf({
  type: 'Received',
  received: { payment: samplePayment(), connector, ...versions },
})
const refused = factOf({ type: 'Refused', refused: { code: 'no', message: 'said no' } })
const at = '2025-03-10T10:02:31+01:00'
const created = paymentIn('CREATION_PENDING')
const pending = paymentIn('PAYMENT_PENDING')

describe('payment-keeper: creation', () => {
  it('keeps a received payment and writes nothing: the event is that version', () => {
    keeper.when(received).then(keptRow(samplePayment()))
    keeper.given(keptRow(pending)).when(received).then()
  })

  it('takes a due over that was born elsewhere: it is checked and ends in time', () => {
    const due = samplePayment({ status: 'PAYMENT_PENDING' })
    const { updated_at } = paymentIn('PAYMENT_PENDING')
    const update = { ...due.links.update, next_check_at: '2025-03-10T09:17:02+01:00' }
    const taken = { ...due, updated_at, links: { ...due.links, update } }
    keeper
      .when(factOf({ type: 'Received', received: { payment: due, connector, ...versions } }))
      .then(...version(taken), expiryDue())
  })

  it('waits for the payer once the debt position is open', () => {
    keeper
      .given(keptRow(created))
      .when(openedFact)
      .then(...version(pending), expiryDue())
  })

  it('fails the creation the intermediary refuses, once', () => {
    const failed = paymentIn('CREATION_FAILED')
    keeper
      .given(keptRow(created))
      .when(refused)
      .then(...version(failed))
    keeper.given(keptRow(failed)).when(refused).then()
  })

  it('takes the same opening again without a word', () => {
    for (const payment of [pending, paymentIn('PAYMENT_STARTED'), complete()]) {
      keeper.given(keptRow(payment)).when(openedFact).then()
    }
  })

  it('tells of an opening with other numbers', () => {
    const other = { ...numbers, iuv: '000000012345786', links: urls }
    keeper
      .given(keptRow(pending))
      .when(factOf({ type: 'Opened', opened: other }))
      .then(anomalyOf(pending, { kind: 'illegal-step', message: 'opened with other numbers' }))
  })

  it('tells of an opening after a failed creation and a refusal after the opening', () => {
    const failed = paymentIn('CREATION_FAILED')
    keeper
      .given(keptRow(failed))
      .when(openedFact)
      .then(
        anomalyOf(failed, {
          kind: 'illegal-step',
          message: 'PAYMENT_PENDING does not follow CREATION_FAILED',
        }),
      )
    keeper
      .given(keptRow(pending))
      .when(refused)
      .then(
        anomalyOf(pending, {
          kind: 'illegal-step',
          message: 'CREATION_FAILED does not follow PAYMENT_PENDING',
        }),
      )
  })

  it('never dates a version before the last one', () => {
    const late = { ...created, updated_at: at }
    const next = { ...pending, updated_at: at }
    keeper
      .given(keptRow(late))
      .when(openedFact)
      .then(...version(next), expiryDue())
  })
})

describe('payment-keeper: the payer', () => {
  const begun = (status: PaymentStatus) => {
    const { links } = pending
    const begin = { ...links.online_payment_begin, last_opened_at: at }
    return paymentIn(status, { updated_at: at, links: { online_payment_begin: begin } })
  }
  const onlineOpened = factOf({ type: 'OnlineOpened', occurred_at: at })

  it('starts a payment when its page is opened, and notes each opening', () => {
    for (const status of ['PAYMENT_PENDING', 'PAYMENT_STARTED'] as const) {
      keeper
        .given(keptRow(paymentIn(status)))
        .when(onlineOpened)
        .then(...version(begun('PAYMENT_STARTED')))
    }
  })

  it('does not undo an end by a start that comes late', () => {
    keeper
      .given(keptRow(paymentIn('EXPIRED')))
      .when(onlineOpened)
      .then(...version(begun('EXPIRED')))
  })

  it.each([
    ['Landed', 'online_payment_landing'],
    ['NoticeOpened', 'offline_payment'],
    ['ReceiptOpened', 'receipt'],
  ] as const)('notes %s and keeps the state', (type, name) => {
    const opened = { ...pending.links[name], last_opened_at: at }
    for (const status of ['PAYMENT_PENDING', 'PAYMENT_STARTED', 'COMPLETE'] as const) {
      const next = paymentIn(status, { updated_at: at, links: { [name]: opened } })
      keeper
        .given(keptRow(paymentIn(status)))
        .when(factOf({ type, occurred_at: at }))
        .then(...version(next))
    }
  })

  it('cancels before the start, and tells of a cancellation that is not legal', () => {
    const cancelled = factOf({ type: 'Cancelled', cancelled: { reason: 'withdrawn' } })
    const next = paymentIn('CANCELED', { update: { next_check_at: null } })
    keeper
      .given(keptRow(pending))
      .when(cancelled)
      .then(...version(next))
    keeper.given(keptRow(next)).when(cancelled).then()
    const started = paymentIn('PAYMENT_STARTED')
    keeper
      .given(keptRow(started))
      .when(cancelled)
      .then(
        anomalyOf(started, {
          kind: 'illegal-step',
          message: 'CANCELED does not follow PAYMENT_STARTED',
        }),
      )
  })
})
