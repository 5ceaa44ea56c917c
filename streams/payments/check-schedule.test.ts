import { describe, expect, it } from 'vitest'
import { instantOf, formatDateTime } from '#schemas/values/date-time'
import { dayAfter, firstCheckAt, nextCheckAt } from '#streams/payments/check-schedule'
import { samplePayment } from '#streams/payments/samples'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const { created_at, payment } = samplePayment()
const details = payment
const laterBy = (ms: number) => formatDateTime(new Date(instantOf(created_at) + ms))
/** Milliseconds from the check to the next, for a payment of the given age. */
const delayAt = (age: number, expire_at: string | null = payment.expire_at) => {
  const next = nextCheckAt({ created_at, payment: { ...payment, expire_at } }, laterBy(age))
  return next === null ? null : instantOf(next) - instantOf(laterBy(age))
}

describe('check schedule', () => {
  it.each([
    ['at once', 0, minute],
    ['5 minutes', 5 * minute, minute],
    ['just over 5 minutes', 5 * minute + second, 5 * minute],
    ['15 minutes', 15 * minute, 5 * minute],
    ['just over 15 minutes', 15 * minute + second, hour],
    ['7 days', 7 * day, hour],
    ['just over 7 days', 7 * day + second, 6 * hour],
    ['30 days', 30 * day, 6 * hour],
    ['just over 30 days', 30 * day + second, day],
    ['365 days', 365 * day, day],
    ['just over 365 days', 365 * day + second, null],
  ])('at the age of %s', (_, age, delay) => {
    expect(delayAt(age)).toBe(delay)
  })

  it('T6: goes on daily, where proxies in use go weekly, until a deadline that is later than a year', () => {
    const expire_at = laterBy(400 * day)
    expect(delayAt(365 * day + second, expire_at)).toBe(day)
    expect(delayAt(400 * day, expire_at)).toBe(day)
    expect(delayAt(400 * day + second, expire_at)).toBeNull()
  })

  it.each([
    { day: 'a Sunday', checked_at: '2025-05-04T09:15:02+02:00', next: '2025-05-11T09:15:02+02:00' },
    { day: 'a Monday', checked_at: '2025-05-05T09:15:02+02:00', next: '2025-05-11T09:15:02+02:00' },
    // Saturday in UTC, Sunday in Rome.
    { day: 'a night', checked_at: '2025-05-03T22:30:00Z', next: '2025-05-11T00:30:00+02:00' },
    { day: 'a change', checked_at: '2025-10-25T09:15:02+02:00', next: '2025-10-26T09:15:02+01:00' },
  ])('T6: is on the next Sunday where it is to be weekly, after $day', (given) => {
    const payment = { created_at, payment: { ...details, expire_at: '2027-01-01T00:00:00+01:00' } }
    expect(nextCheckAt(payment, given.checked_at, 'weekly')).toBe(given.next)
  })

  it('ends after a year where there is no deadline', () => {
    expect(delayAt(365 * day, null)).toBe(day)
    expect(delayAt(365 * day + second, null)).toBeNull()
  })

  it('writes instants in Rome time, summer time included', () => {
    expect(firstCheckAt('2025-03-10T08:15:02Z')).toBe('2025-03-10T09:16:02+01:00')
    expect(dayAfter('2025-03-29T12:00:00+01:00')).toBe('2025-03-30T13:00:00+02:00')
  })
})
