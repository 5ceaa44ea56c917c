import { ask, intermediaryOf, notOffered } from '#apps/payment-proxy/ask'
import { paymentAt, type PaymentRoute, report, sendPdf } from '#apps/payment-proxy/desk'
import { isOver } from '#apps/payment-proxy/find-payment'
import { Problem } from '#apps/platform/problem'

/** Shows the intermediary's proof of payment. */
export const receipt: PaymentRoute = {
  paths: ['/receipt/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, { isAwaited: isOver })
    const { status, payment_iud: iud, payment_notice_code } = payment.row
    if (status !== 'COMPLETE') {
      throw new Problem(409, `the payment is ${status}; there is a receipt once it is COMPLETE`)
    }
    const intermediary = intermediaryOf(desk, payment)
    if (!intermediary.fetchReceipt) throw notOffered(desk.connector.name, 'receipt')
    const pdf = await ask((signal) => intermediary.fetchReceipt!(iud, signal))
    await report(desk, payment, { type: 'ReceiptOpened' })
    sendPdf(response, `receipt-${payment_notice_code ?? id}`, pdf)
  },
}
