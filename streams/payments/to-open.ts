import type { OpenPayment, PaymentCurrent } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { dayAfter, nextCheckAt, yearAfter } from '#streams/payments/check-schedule'

/** The row of a payment that has not ended, as it is asked for when its next check is due. */
export function toOpen(row: PaymentCurrent): OpenPayment {
  const { tenant_id, service_id, remote_id, status, update_url } = row
  const isAsked = update_url !== null
  return {
    tenant_id,
    service_id,
    remote_id,
    status,
    connector: isAsked ? connectorOf(row.app_id) : null,
    created_at_ms: instantOf(row.created_at),
    expire_at_ms: instantOrNull(row.payment_expire_at),
    last_check_at_ms: instantOrNull(row.update_last_check_at),
    next_check_at_ms: instantOf(nextLook(row)),
    update_url,
    update_method: isAsked ? row.update_method : null,
  }
}

const instantOrNull = (text: string | null) => (text === null ? null : instantOf(text))

/** Whoever wrote an event, without its version: `examplepay` of `examplepay-payment-proxy:0.1.0`. */
const connectorOf = (app_id: string): string => app_id.replace(/(-payment-proxy)?(:.*)?$/, '')

/**
 * When a payment is looked at next. What its proxy says counts. Where it says nothing, our schedule does in its
 * place, daily once that is over too: the payment has not ended, whatever its age. And where nobody can be asked,
 * it is the moment at which a payment should have ended.
 */
function nextLook(row: PaymentCurrent): string {
  const { created_at, payment_expire_at: expire_at, update_next_check_at } = row
  if (row.update_url === null) return expire_at ?? yearAfter(created_at)
  if (update_next_check_at !== null) return update_next_check_at
  const since = row.update_last_check_at ?? row.event_created_at
  return nextCheckAt({ created_at, payment: { expire_at } }, since) ?? dayAfter(since)
}
