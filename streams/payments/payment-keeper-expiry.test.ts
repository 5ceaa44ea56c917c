import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { lastCheckMsMax, checksEndAt } from '#streams/payments/expire-payment'
import {
  checksEnd,
  complete,
  expiryDue,
  keptRow,
  paymentIn,
  version,
} from '#streams/payments/keeper-samples'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { factOf, samplePayment } from '#streams/payments/samples'

const keeper = drive(paymentKeeper)
const pending = paymentIn('PAYMENT_PENDING')
const started = paymentIn('PAYMENT_STARTED')
const dueFact = (occurred_at = checksEnd) => factOf({ type: 'ExpiryDue', occurred_at })
const heardAt = new Date('2025-06-09T07:15:01Z')
const expires_at = '2025-06-15T09:15:01+02:00'
const lastCheckIsDue = (payment = pending) => keptRow(payment, null, { expires_at })
const expired = paymentIn('EXPIRED', { updated_at: expires_at, update: { next_check_at: null } })

describe('payment-keeper: a payment nobody pays', () => {
  it('has its last check due when its checks end, and no end yet', () => {
    for (const payment of [pending, started]) {
      keeper
        .given(keptRow(payment))
        .when(dueFact(), { at: heardAt })
        .then(lastCheckIsDue(payment), expiryDue(expires_at))
    }
  })

  it('expires six days later, though nobody was heard, as of when it was due', () => {
    const muchLater = new Date('2025-08-01T00:00:00Z')
    for (const payment of [pending, started]) {
      for (const at of [new Date(expires_at), muchLater]) {
        keeper
          .given(lastCheckIsDue(payment))
          .when(dueFact(expires_at), { at })
          .then(...version(expired))
      }
    }
  })

  it('has six days for its last check from when the timer is heard, after an outage of ours too', () => {
    const at = new Date('2025-07-01T10:00:00Z')
    const late = new Date(at.getTime() + lastCheckMsMax)
    const { wakes, emissions } = keeper.given(keptRow(pending)).when(dueFact(), { at }).outcome
    expect(wakes?.map((wake) => wake.wakeAt)).toEqual([late])
    expect(emissions.map(({ topic }) => topic)).toEqual(['payment-keeper.payments'])
  })

  it('is left alone by a timer that comes twice or is none of its own', () => {
    keeper.given(lastCheckIsDue()).when(dueFact()).then()
    keeper.given(keptRow(pending)).when(dueFact('2025-06-09T09:14:59+02:00')).then()
    keeper.given(lastCheckIsDue()).when(dueFact('2025-06-15T09:15:00+02:00')).then()
  })

  it('is left alone once it has ended, or is not open', () => {
    const ends = [complete(), paymentIn('EXPIRED'), paymentIn('CANCELED')]
    for (const payment of [...ends, paymentIn('CREATION_PENDING')]) {
      keeper.given(keptRow(payment)).when(dueFact()).then()
    }
  })

  it('gets a timer with the next thing that happens, where its row has none', () => {
    const at = '2025-03-10T10:02:31+01:00'
    const opened = { ...pending.links.offline_payment, last_opened_at: at }
    const links = { offline_payment: opened }
    keeper
      .given(keptRow(pending, null, { checks_end_at: null }))
      .when(factOf({ type: 'NoticeOpened', occurred_at: at }))
      .then(...version(paymentIn('PAYMENT_PENDING', { updated_at: at, links })), expiryDue())
  })
})

describe('the end of the checks', () => {
  const { created_at, payment } = samplePayment()
  const of = (expire_at: string | null) => ({ created_at, payment: { ...payment, expire_at } })

  it('is a day after the deadline, in Rome time', () => {
    expect(checksEndAt(of('2025-06-08T07:15:00Z'), created_at)).toBe(checksEnd)
  })

  it('is a year and a day after the creation where there is no deadline', () => {
    expect(checksEndAt(of(null), created_at)).toBe('2026-03-11T09:15:02+01:00')
  })

  it('is a day after the opening where that is later than the deadline', () => {
    const opened_at = '2025-07-01T12:00:00+02:00'
    expect(checksEndAt(of(payment.expire_at), opened_at)).toBe('2025-07-02T12:00:00+02:00')
  })
})
