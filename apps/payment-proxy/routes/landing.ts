import { paymentAt, type PaymentRoute, report, webAddress } from '#apps/payment-proxy/desk'
import { Problem } from '#apps/platform/problem'

/** Sends the payer, back from the intermediary, on to the page the payment was born from. */
export const landing: PaymentRoute = {
  paths: ['/landing/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id)
    const { online_payment_landing_url: url } = payment.row
    if (url === null) throw new Problem(404, 'the payment has no page to land on')
    const page = webAddress(url)
    await report(desk, payment, { type: 'Landed' })
    response.redirect(302, page)
  },
}
