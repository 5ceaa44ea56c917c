import { ask, intermediaryOf, notOffered } from '#apps/payment-proxy/ask'
import { type Desk, paymentAt, type PaymentRoute, report, sendPdf } from '#apps/payment-proxy/desk'
import { isOpened, type ServedPayment } from '#apps/payment-proxy/find-payment'
import { ownNotice } from '#apps/payment-proxy/own-notice'
import { Problem } from '#apps/platform/problem'

/** Shows the notice to pay with elsewhere: the intermediary's, or ours where it gives none. */
export const notice: PaymentRoute = {
  paths: ['/notice/:id', '/offline-payment/:id'],
  async answer(id, desk, response) {
    const payment = await paymentAt(desk, id, { isAwaited: isOpened })
    const { status, payment_notice_code } = payment.row
    if (status.startsWith('CREATION_')) {
      throw new Problem(409, `the payment is ${status}; it has no notice`)
    }
    const pdf = await noticePdf(desk, payment)
    await report(desk, payment, { type: 'NoticeOpened' })
    sendPdf(response, payment_notice_code ?? id, pdf)
  },
}

async function noticePdf(desk: Desk, payment: ServedPayment): Promise<Uint8Array> {
  const { payment_iud: iud, payment_iuv: iuv, payment_notice_code } = payment.row
  const intermediary = intermediaryOf(desk, payment)
  if (intermediary.fetchNotice) {
    return ask((signal) => intermediary.fetchNotice!({ iud, iuv }, signal))
  }
  if (payment_notice_code !== null) return ownNotice(desk, payment, payment_notice_code)
  throw notOffered(desk.connector.name, 'notice')
}
