import type { Payment, PaymentDetails } from '#schemas/generated/types'
import { daysLater, formatDateTime, instantOf, toRomeTime } from '#schemas/values/date-time'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** Age of the payment at the check (inclusive), and how long after the check the next one is; in milliseconds. */
const steps = [
  { ageMax: 5 * minute, delay: minute },
  { ageMax: 15 * minute, delay: 5 * minute },
  { ageMax: 7 * day, delay: hour },
  { ageMax: 30 * day, delay: 6 * hour },
] as const

/** No payment is asked about sooner than this after a check, milliseconds. */
export const checkDelayMsMin = Math.min(...steps.map(({ delay }) => delay))

const after = (instant: number, delay: number) => formatDateTime(new Date(instant + delay))

/** When a debt position that was just opened is first asked about. */
export const firstCheckAt = (opened_at: string): string => after(instantOf(opened_at), minute)

/** When a payment without a deadline is given up. */
export const yearAfter = (created_at: string): string => after(instantOf(created_at), year)

/** When a payment that a person has to look at is asked about again: it reminds once a day. */
export const dayAfter = (checked_at: string): string => after(instantOf(checked_at), day)

/** How often a payment is asked about from its thirty-first day on; weekly is on Sundays, as the proxies in use do. */
export type CheckTail = 'daily' | 'weekly'

/** The next Sunday of Rome's calendar, at the same time of day. */
function sundayAfter(checked_at: string): string {
  const weekday = new Date(toRomeTime(checked_at).slice(0, 10)).getUTCDay()
  return daysLater(checked_at, 7 - weekday)
}

/** What the schedule looks at in a payment. */
type Scheduled = Pick<Payment, 'created_at'> & {
  readonly payment: Pick<PaymentDetails, 'expire_at'>
}

/**
 * When the intermediary is asked again; null when it never is, because both a year and the payment's deadline
 * have passed. The proxies in use ask weekly from day 30 on and stop after a year; the documentation wants
 * daily checks until the deadline, or for a year where that is longer. Daily satisfies both, and is what is done
 * unless the tail is said to be weekly.
 */
export function nextCheckAt(
  { created_at, payment: { expire_at } }: Scheduled,
  checked_at: string,
  tail: CheckTail = 'daily',
): string | null {
  const now = instantOf(checked_at)
  const age = now - instantOf(created_at)
  const step = steps.find(({ ageMax }) => age <= ageMax)
  if (step) return after(now, step.delay)
  const isOver = age > year && (expire_at === null || now > instantOf(expire_at))
  if (isOver) return null
  return tail === 'weekly' ? sundayAfter(checked_at) : after(now, day)
}
