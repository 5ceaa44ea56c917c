import { ask, intermediaryOf } from '#apps/payment-proxy/ask'
import { paymentAt, type PaymentRoute, report } from '#apps/payment-proxy/desk'
import { isOpened, payable } from '#apps/payment-proxy/find-payment'
import { onwardPage } from '#apps/payment-proxy/onward-page'
import { Problem } from '#apps/platform/problem'

/** Sends the payer's browser to a page of the intermediary, a new one each time, once the fact is written. */
export const onlinePayment: PaymentRoute = {
  paths: ['/online-payment/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, isOpened)
    const { status, payment_iud: iud } = payment.row
    if (!payable.includes(status)) {
      throw new Problem(409, `the payment is ${status}; it is paid in ${payable.join(' or ')}`)
    }
    const intermediary = intermediaryOf(desk.connector, payment)
    const { url } = await ask((signal) => intermediary.beginOnlinePayment(iud, signal))
    const page = onwardPage(desk, payment, 'online', url)
    await report(desk, payment, { type: 'OnlineOpened' })
    response.redirect(302, page)
  },
}
