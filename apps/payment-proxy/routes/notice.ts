import { ask, intermediaryOf, notOffered } from '#apps/payment-proxy/ask'
import { paymentAt, type PaymentRoute, report, sendPdf } from '#apps/payment-proxy/desk'
import { isOpened } from '#apps/payment-proxy/find-payment'
import { Problem } from '#apps/platform/problem'

/** Shows the notice to pay with elsewhere. */
export const notice: PaymentRoute = {
  paths: ['/notice/:id', '/offline-payment/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, { isAwaited: isOpened })
    const { status, payment_iud: iud, payment_notice_code } = payment.row
    if (status.startsWith('CREATION_')) {
      throw new Problem(409, `the payment is ${status}; it has no notice`)
    }
    const intermediary = intermediaryOf(desk.connector, payment)
    if (!intermediary.fetchNotice) throw notOffered(desk.connector.name, 'notice')
    const pdf = await ask((signal) => intermediary.fetchNotice!(iud, signal))
    await report(desk, payment, { type: 'NoticeOpened' })
    sendPdf(response, payment_notice_code ?? id, pdf)
  },
}
