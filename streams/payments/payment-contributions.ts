import { type Emission, to } from '#core/processor'
import type { IndexedPayment, PaymentCurrent } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'

/** What a payment adds to the payments of a digital service and day: one, of this state and sum. */
export interface Counted {
  readonly tenant_id: string
  readonly service_id: string
  /** Of its creation, in Rome. */
  readonly day: string
  readonly status: string
  /** Integer cents; null where the payment names no sum. */
  readonly amount: number | null
}

export function countedOf(current: PaymentCurrent): Counted {
  const { tenant_id, service_id, created_at, status, payment_amount: amount } = current
  const day = formatDateTime(new Date(instantOf(created_at))).slice(0, 'YYYY-MM-DD'.length)
  return { tenant_id, service_id, day, status, amount }
}

/** What was counted when the payment was last indexed. A row of an older version tells the state only: the rest is as now. */
export const countedIn = (
  { tenant_id, service_id, day, status, amount }: IndexedPayment,
  now: Counted,
): Counted =>
  tenant_id === null || service_id === null || day === null
    ? { ...now, status }
    : { tenant_id, service_id, day, status, amount }

/**
 * Tells what the payment adds, and what it no longer does: under the key of service and day, so that whoever adds up
 * has all of one row in one partition.
 */
export function contributionsOf(
  payment_id: string,
  before: Counted | undefined,
  now: Counted,
): Emission<typeof topics.paymentContributions.name>[] {
  const tell = (at: Counted, removed: Counted | null, added: Counted | null) =>
    to(topics.paymentContributions, {
      service_day: placeOf(at),
      tenant_id: at.tenant_id,
      service_id: at.service_id,
      day: at.day,
      payment_id,
      removed: removed && { status: removed.status, amount: removed.amount },
      added: added && { status: added.status, amount: added.amount },
    })
  if (!before) return [tell(now, null, now)]
  if (placeOf(before) !== placeOf(now)) return [tell(before, before, null), tell(now, null, now)]
  const isSame = before.status === now.status && before.amount === now.amount
  return isSame ? [] : [tell(now, before, now)]
}

const placeOf = ({ service_id, day }: Counted) => `${service_id}/${day}`
