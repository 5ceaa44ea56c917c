import { describe, expect, it } from 'vitest'
import type { Payment, PaymentCurrent } from '#schemas/generated/types'
import { connector, paymentIn, urls } from '#streams/payments/keeper-samples'
import { toCurrent } from '#streams/payments/to-current'
import { toOpen } from '#streams/payments/to-open'

const ofProxy = `${connector}-payment-proxy:0.1.0`
const rowOf = (payment: Payment, changes: Partial<PaymentCurrent> = {}) => ({
  ...toCurrent(payment),
  app_id: ofProxy,
  ...changes,
})
const pending = paymentIn('PAYMENT_PENDING')
const at = (text: string) => Date.parse(text)
const columns = {
  tenant_id: pending.tenant_id,
  service_id: pending.service_id,
  remote_id: pending.remote_id,
  status: 'PAYMENT_PENDING',
  connector,
  created_at_ms: at('2025-03-10T08:15:02Z'),
  expire_at_ms: at('2025-06-08T07:15:00Z'),
  last_check_at_ms: null,
  next_check_at_ms: at('2025-03-10T08:17:02Z'),
  update_url: urls.update,
  update_method: 'GET',
}
const nextCheckOf = (payment: Payment, changes: Partial<PaymentCurrent>): string =>
  new Date(toOpen(rowOf(payment, changes)).next_check_at_ms).toISOString()

describe('a payment that has not ended', () => {
  it('is a flat row with its times in milliseconds', () => {
    expect(toOpen(rowOf(pending))).toEqual(columns)
  })

  it.each([
    ['iris-payment-proxy:1.4.2', 'iris'],
    ['efil:1.5.0', 'efil'],
    ['examplepay', 'examplepay'],
  ])('names the proxy that wrote it, ours or not: %s', (app_id, connector) => {
    expect(toOpen(rowOf(pending, { app_id }))).toEqual({ ...columns, connector })
  })
})

describe('the next look at a payment', () => {
  const lastCheck = '2025-03-10T10:00:00+01:00'

  it('is when its proxy says, in whatever offset', () => {
    const next = { update_next_check_at: '2025-03-10T12:00:00+05:30' }
    expect(nextCheckOf(pending, next)).toBe('2025-03-10T06:30:00.000Z')
  })

  it.each([
    '2025-03-10T12:00:00+01:00',
    '2025-03-10T11:00:00Z',
    '2025-03-10T11:00:00+00:00',
    '2025-03-10T13:00:00+02:00',
    '2025-03-10T06:00:00-05:00',
  ])('is one moment, however it is written: %s', (update_next_check_at) => {
    expect(nextCheckOf(pending, { update_next_check_at })).toBe('2025-03-10T11:00:00.000Z')
  })

  it('is when our schedule says after the last check, where its proxy says nothing', () => {
    const said = { update_next_check_at: null, update_last_check_at: lastCheck }
    expect(nextCheckOf(pending, said)).toBe('2025-03-10T10:00:00.000Z')
  })

  it('is when our schedule says after it was written, where it was never checked', () => {
    const said = { update_next_check_at: null, event_created_at: '2025-03-10T09:16:00+01:00' }
    expect(nextCheckOf(pending, said)).toBe('2025-03-10T08:17:00.000Z')
  })

  it('is a day after the last check, where the schedule is over too and it has not ended', () => {
    const said = { update_next_check_at: null, update_last_check_at: '2027-03-10T10:00:00+01:00' }
    expect(nextCheckOf(pending, said)).toBe('2027-03-11T09:00:00.000Z')
  })

  it('is the deadline while nobody can be asked, and then it has neither address nor connector', () => {
    const created = paymentIn('CREATION_PENDING')
    const nobody = { connector: null, update_url: null, update_method: null }
    expect(toOpen(rowOf(created))).toEqual({
      ...columns,
      ...nobody,
      status: 'CREATION_PENDING',
      next_check_at_ms: columns.expire_at_ms,
    })
  })

  it('is a year after its creation where there is no deadline either', () => {
    const created = paymentIn('CREATION_PENDING')
    const never = { payment_expire_at: null }
    expect(nextCheckOf(created, never)).toBe('2026-03-10T08:15:02.000Z')
  })
})
