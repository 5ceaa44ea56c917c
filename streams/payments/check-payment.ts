import type { KeptPayment } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { type CheckTail, dayAfter, nextCheckAt } from '#streams/payments/check-schedule'
import {
  type Decision,
  type FactOf,
  anomaly,
  ended,
  later,
  nextVersion,
  unchanged,
} from '#streams/payments/decision'
import { checksEndAt } from '#streams/payments/expire-payment'
import { isFinal } from '#streams/payments/payment-lifecycle'
import { settle } from '#streams/payments/settle-payment'

/**
 * What the intermediary's answer to a check does to a payment. Its word decides until the checks end
 * (`checksEndAt`): money paid in time may be reported late. A check from then on is the last, and what it finds unpaid
 * expires. `refused` is one attempt to pay, the sum is still owed: it counts as pending.
 */
export function checkPayment(
  kept: KeptPayment,
  fact: FactOf<'Checked'>,
  tail: CheckTail,
): Decision {
  const { payment } = kept
  const { status, links } = payment
  if (isFinal(status) || status === 'CREATION_PENDING') return told(kept, fact)

  const last_check_at = later(links.update.last_check_at, fact.occurred_at)
  const noted = (next_check_at: string | null): KeptPayment => {
    const update = { ...links.update, last_check_at, next_check_at }
    return { ...kept, payment: { ...payment, links: { ...links, update } } }
  }
  const checksEnd = kept.checks_end_at ?? checksEndAt(payment, fact.occurred_at)
  const isLast = instantOf(last_check_at) >= instantOf(checksEnd)
  const planned = () => nextCheckAt(payment, last_check_at, tail) ?? dayAfter(last_check_at)
  const next_check_at = isLast ? null : earlier(planned(), checksEnd)
  const decision = told(noted(next_check_at), fact)
  if (decision.versions.length > 0) return decision

  const { anomalies } = decision
  if (anomalies.length > 0) {
    return { ...nextVersion(noted(dayAfter(last_check_at)), fact, {}), anomalies }
  }
  return next_check_at === null
    ? ended(noted(null), fact, 'EXPIRED')
    : nextVersion(noted(next_check_at), fact, {})
}

/** The check at the end of the checks is not put off. */
const earlier = (next: string, checksEnd: string): string =>
  instantOf(next) < instantOf(checksEnd) ? next : checksEnd

function told(kept: KeptPayment, fact: FactOf<'Checked'>): Decision {
  const { state, transaction_id, paid_at, amount } = fact.checked
  switch (state) {
    case 'settled':
      return paid_at === null || amount === null
        ? anomaly(kept, fact, {
            kind: 'amount-differs',
            message: 'it was paid, but no sum or no moment was told',
          })
        : settle(kept, fact, { transaction_id, paid_at, amount })
    case 'expired':
      return ended(kept, fact, 'EXPIRED')
    case 'cancelled':
      return ended(kept, fact, 'CANCELED')
    case 'pending':
    case 'refused':
      return unchanged
  }
}
