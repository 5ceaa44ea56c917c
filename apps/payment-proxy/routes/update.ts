import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { type Desk, paymentAt, type PaymentRoute, report } from '#apps/payment-proxy/desk'
import { checked } from '#apps/payment-proxy/facts'
import {
  isOpened,
  isOver,
  type PaymentRow,
  type ServedPayment,
} from '#apps/payment-proxy/find-payment'
import { recentAnswers } from '#apps/payment-proxy/recent-answers'
import { Problem } from '#apps/platform/problem'
import type { Settlement } from '#ports/intermediary'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import { checkDelayMsMin } from '#streams/payments/check-schedule'

/**
 * How long the last check answers for the money, milliseconds. Half of the schedule's shortest delay: no check that
 * is due is left out, not even between clocks that differ by as much, and whoever else has the link costs the
 * intermediary and the log two checks a minute at most.
 */
const recentMs = checkDelayMsMin / 2

interface Check {
  readonly settlement: Settlement['state']
  readonly checked_at: string
}

/**
 * Asks the intermediary for the state of the money. The status answered is the one before this check; where the
 * row's last check still answers, or nothing more is awaited, nobody is asked and `settlement` is null.
 */
export function update(): PaymentRoute {
  // The row learns of a check only after a while, and not at all while the keeper stands.
  const recent = recentAnswers<Check>(recentMs)
  return {
    paths: ['/update/:id'],
    async answer(id, desk, response) {
      const payment = await paymentAt(desk, id, isOpened)
      const { status, update_last_check_at: checked_at } = payment.row
      if (isOver(payment.row) || isRecent(payment.row)) {
        response.json({ id, status, settlement: null, checked_at })
        return
      }
      if (!isOpened(payment.row)) {
        throw new Problem(409, `the payment is ${status}; there is nothing to ask for yet`)
      }
      response.json({ id, status, ...(await recent(id, () => check(payment, desk))) })
    },
  }
}

async function check(payment: ServedPayment, desk: Desk): Promise<Check> {
  const { payment_iud: iud } = payment.row
  const intermediary = intermediaryOf(desk.connector, payment)
  const settlement = await ask((signal) => intermediary.findSettlement(iud, signal))
  const checked_at = formatDateTime(new Date())
  await report(desk, payment, checked(settlement))
  return { settlement: settlement.state, checked_at }
}

const isRecent = ({ update_last_check_at: at }: PaymentRow): boolean =>
  at !== null && Math.abs(Date.now() - instantOf(at)) < recentMs
