import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { type Desk, report } from '#apps/payment-proxy/desk'
import { checked } from '#apps/payment-proxy/facts'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import { recentAnswers } from '#apps/payment-proxy/recent-answers'
import type { Settlement } from '#ports/intermediary'
import { formatDateTime } from '#schemas/values/date-time'
import { checkDelayMsMin } from '#streams/payments/check-schedule'

/**
 * How long the last check answers for the money, milliseconds. Half of the schedule's shortest delay: no check that
 * is due is left out, not even between clocks that differ by as much, and whoever else has the link costs the
 * intermediary and the log two checks a minute at most.
 */
export const recentMs = checkDelayMsMin / 2

export interface Check {
  readonly settlement: Settlement['state']
  readonly checked_at: string
}

export type CheckSettlement = (payment: ServedPayment, desk: Desk) => Promise<Check>

/** Asks the intermediary for the state of the money, and reports it; once in a while, however many ask. */
export function settlementChecks(): CheckSettlement {
  // The row learns of a check only after a while, and not at all while the keeper stands.
  const recent = recentAnswers<Check>(recentMs)
  return (payment, desk) => recent(payment.row.id, () => check(payment, desk))
}

async function check(payment: ServedPayment, desk: Desk): Promise<Check> {
  const { payment_iud: iud } = payment.row
  const intermediary = intermediaryOf(desk, payment)
  const settlement = await ask((signal) => intermediary.findSettlement(iud, signal))
  const checked_at = formatDateTime(new Date())
  await report(desk, payment, checked(settlement))
  return { settlement: settlement.state, checked_at }
}
