import { setTimeout as sleep } from 'node:timers/promises'
import { type Desk, paymentAt, type PaymentRoute, report } from '#apps/payment-proxy/desk'
import { payable } from '#apps/payment-proxy/find-payment'
import { onwardPage } from '#apps/payment-proxy/onward-page'
import { type CheckSettlement, settlementChecks } from '#apps/payment-proxy/settlement-checks'
import { Problem } from '#apps/platform/problem'

/** How long the intermediary's own notification is given to come before it is asked, milliseconds. */
const checkDelayMs = 5_000

/**
 * Sends the payer, back from the intermediary, on to the page the payment was born from. That somebody came back
 * says nothing of the money: where nothing was notified a moment later, the intermediary is asked.
 */
export function landing(delayMs = checkDelayMs): PaymentRoute {
  const checkSettlement = settlementChecks()
  return {
    paths: ['/landing/:id'],
    async answer(id, desk, response) {
      const payment = await paymentAt(desk, id)
      const { online_payment_landing_url: url } = payment.row
      if (url === null) throw new Problem(404, 'the payment has no page to land on')
      const page = onwardPage(desk, payment, 'landing', url)
      await report(desk, payment, { type: 'Landed' })
      response.redirect(302, page)
      void checkLater(id, desk, checkSettlement, delayMs)
    },
  }
}

/** Never throws: the payer is gone, and the poller makes the check that is missed here. */
async function checkLater(
  id: string,
  desk: Desk,
  checkSettlement: CheckSettlement,
  delayMs: number,
): Promise<void> {
  await sleep(delayMs, undefined, { ref: false })
  try {
    const payment = await paymentAt(desk, id)
    if (payable.includes(payment.row.status)) await checkSettlement(payment, desk)
  } catch (error) {
    const { requestId: request_id, connector } = desk
    const reason = error instanceof Error ? error.message : String(error)
    desk.log.warn(
      { request_id, connector: connector.name, payment_id: id, reason },
      'no check after the landing: the next that is due makes up for it',
    )
  }
}
