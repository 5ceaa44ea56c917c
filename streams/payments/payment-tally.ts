import { defineProcessor, type Emission, to } from '#core/processor'
import type { CountedPayment } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'

/**
 * Tells what each payment adds to the payments of its digital service and day, and what it no longer does: under
 * the key of service and day, so that whoever adds up has all of one row in one partition.
 */
export const paymentTally = defineProcessor({
  name: 'payment-tally',
  input: topics.paymentsCurrent,
  outputs: [topics.paymentContributions],
  state: topics.countedPayments,

  handle({ id, tenant_id, service_id, created_at, status, payment_amount }, { state }) {
    const before = state.get(id)
    const day = formatDateTime(new Date(instantOf(created_at))).slice(0, 'YYYY-MM-DD'.length)
    const now = { payment_id: id, tenant_id, service_id, day, status, amount: payment_amount }
    if (before && isSame(before, now)) return []
    return [...changes(before, now), to(topics.countedPayments, now)]
  },
})

const placeOf = ({ service_id, day }: CountedPayment) => `${service_id}/${day}`

const isSame = (before: CountedPayment, now: CountedPayment): boolean =>
  placeOf(before) === placeOf(now) && before.status === now.status && before.amount === now.amount

type Changed = Emission<typeof topics.paymentContributions.name>

function changes(before: CountedPayment | undefined, now: CountedPayment): Changed[] {
  if (!before) return [contribution(now, null, now)]
  if (placeOf(before) === placeOf(now)) return [contribution(now, before, now)]
  return [contribution(before, before, null), contribution(now, null, now)]
}

function contribution(
  at: CountedPayment,
  removed: CountedPayment | null,
  added: CountedPayment | null,
): Changed {
  const { payment_id, tenant_id, service_id, day } = at
  return to(topics.paymentContributions, {
    service_day: placeOf(at),
    tenant_id,
    service_id,
    day,
    payment_id,
    removed: removed && { status: removed.status, amount: removed.amount },
    added: added && { status: added.status, amount: added.amount },
  })
}
