import type { KeptPayment, Payment, PaymentDetails } from '#schemas/generated/types'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import { dayAfter, yearAfter } from '#streams/payments/check-schedule'
import { type Decision, type FactOf, ended, later, unchanged } from '#streams/payments/decision'
import { isOpen } from '#streams/payments/payment-lifecycle'

/** How long the last check may go unanswered, milliseconds: an intermediary that is away for a long weekend counts. */
export const lastCheckMsMax = 6 * 24 * 3_600_000

/** What the end of a payment is known by. */
type Ending = Pick<Payment, 'created_at'> & { readonly payment: Pick<PaymentDetails, 'expire_at'> }

/**
 * From when on a check that finds nothing paid is the last one: a day after the deadline, because money paid in time
 * may be reported late; a year and a day after the creation where there is none. One that was past its deadline when
 * it was opened, or came to us, has a day from then.
 */
export const checksEndAt = (
  { created_at, payment: { expire_at } }: Ending,
  opened_at: string,
): string => dayAfter(later(expire_at ?? yearAfter(created_at), opened_at))

/** Sets the timer of what is open and has none; what has ended needs none any more. */
export function timed(decision: Decision, { occurred_at }: { readonly occurred_at: string }) {
  const { kept } = decision
  if (!kept) return decision
  if (!isOpen(kept.payment.status)) {
    return { ...decision, kept: { ...kept, checks_end_at: null, expires_at: null } }
  }
  if (kept.checks_end_at !== null) return decision
  const checks_end_at = checksEndAt(kept.payment, occurred_at)
  return { ...decision, kept: { ...kept, checks_end_at }, wakeAt: checks_end_at }
}

/**
 * What a timer does to a payment. The first says that the last check is due: one that is answered ends the payment,
 * whatever it finds. From the moment at which the timer is heard, not the one it was set for, the intermediary and the
 * poller have their time for it, so that an outage of our own costs nobody the check; then it expires unheard.
 */
export function expirePayment(
  kept: KeptPayment,
  fact: FactOf<'ExpiryDue'>,
  heardAt: Date,
): Decision {
  const { payment, checks_end_at, expires_at } = kept
  const isDue = (at: string) => instantOf(fact.occurred_at) >= instantOf(at)
  if (!isOpen(payment.status) || checks_end_at === null || !isDue(checks_end_at)) return unchanged
  if (expires_at !== null) return isDue(expires_at) ? ended(kept, fact, 'EXPIRED') : unchanged
  const wakeAt = formatDateTime(new Date(heardAt.getTime() + lastCheckMsMax))
  return { ...unchanged, kept: { ...kept, expires_at: wakeAt }, wakeAt }
}
