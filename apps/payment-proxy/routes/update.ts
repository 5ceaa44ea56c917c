import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { paymentAt, type PaymentRoute, report } from '#apps/payment-proxy/desk'
import { checked } from '#apps/payment-proxy/facts'
import { isOpened, isOver } from '#apps/payment-proxy/find-payment'
import { Problem } from '#apps/platform/problem'
import { formatDateTime } from '#schemas/values/date-time'

/** Asks the intermediary for the state of the money. The status answered is the one before this check. */
export const update: PaymentRoute = {
  paths: ['/update/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, isOpened)
    const { status, payment_iud: iud, update_last_check_at } = payment.row
    if (isOver(payment.row)) {
      response.json({ id, status, settlement: null, checked_at: update_last_check_at })
      return
    }
    if (!isOpened(payment.row)) {
      throw new Problem(409, `the payment is ${status}; there is nothing to ask for yet`)
    }
    const intermediary = intermediaryOf(desk.connector, payment)
    const settlement = await ask((signal) => intermediary.findSettlement(iud, signal))
    const checked_at = formatDateTime(new Date())
    await report(desk, payment, checked(settlement))
    response.json({ id, status, settlement: settlement.state, checked_at })
  },
}
