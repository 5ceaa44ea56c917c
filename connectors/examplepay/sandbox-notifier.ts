import { createHmac } from 'node:crypto'
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import type { PendencyNotification } from '#connectors/examplepay/client'
import type { Debt, Receipt } from '#connectors/examplepay/sandbox-register'

const attemptsMax = 25
const retryMsFirst = 100
const retryMsMax = 5_000
const answerMsMax = 3_000

/** Tells `notify_url` of a receipt until a 2xx takes it; false after 25 attempts. Throws once `signal` aborts. */
export type Notify = (debt: Debt, receipt: Receipt) => Promise<boolean>

/** Signs with the secret and posts, over connections that are kept. */
export const notifier = (secret: string, signal: AbortSignal): Notify => {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  signal.addEventListener('abort', () => httpAgent.destroy(), { once: true })

  return async (debt, receipt) => {
    const body = JSON.stringify(notificationOf(debt, receipt))
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const isTaken = await axios
        .post(debt.addresses.notify_url, body, {
          headers: { 'content-type': 'application/json', 'x-examplepay-signature': signature },
          httpAgent,
          maxRedirects: 0,
          timeout: answerMsMax,
          signal,
        })
        .then(
          () => true,
          () => false,
        )
      if (isTaken) return true
      await delay(Math.min(retryMsMax, retryMsFirst * 2 ** (attempt - 1)), undefined, { signal })
    }
    return false
  }
}

const notificationOf = (
  { request }: Debt,
  { transaction_id, paid_at }: Receipt,
): PendencyNotification => ({
  code: request.iud,
  state: 'PAID',
  transaction_id,
  paid_at,
  amount: request.amount,
})
