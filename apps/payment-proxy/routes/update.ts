import { paymentAt, type PaymentRoute } from '#apps/payment-proxy/desk'
import { isOpened, isOver, type PaymentRow } from '#apps/payment-proxy/find-payment'
import { recentMs, settlementChecks } from '#apps/payment-proxy/settlement-checks'
import { Problem } from '#apps/platform/problem'
import { instantOf } from '#schemas/values/date-time'

/**
 * Asks the intermediary for the state of the money, whenever somebody comes: whether the next check is due is for
 * whoever calls to heed. The status answered is the one before this check; where the row's last check still
 * answers, or nothing more is awaited, nobody is asked and `settlement` is null. A row that is there is taken as it is:
 * where it is behind, the intermediary is asked once more, and its word changes nothing twice.
 */
export function update(): PaymentRoute {
  const checkSettlement = settlementChecks()
  return {
    paths: ['/update/:id'],
    async answer(id, desk, response) {
      const payment = await paymentAt(desk, id, { isAwaited: isOpened, mayLag: true })
      const { status, update_last_check_at: checked_at } = payment.row
      if (isOver(payment.row) || isRecent(payment.row)) {
        response.json({ id, status, settlement: null, checked_at })
        return
      }
      if (!isOpened(payment.row)) {
        throw new Problem(409, `the payment is ${status}; there is nothing to ask for yet`)
      }
      response.json({ id, status, ...(await checkSettlement(payment, desk)) })
    },
  }
}

const isRecent = ({ update_last_check_at: at }: PaymentRow): boolean =>
  at !== null && Math.abs(Date.now() - instantOf(at)) < recentMs
