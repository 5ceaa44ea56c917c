import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import { stringify } from 'lossless-json'
import { notificaOf, ricevutaOf } from '#connectors/govpay/sandbox-told'
import type { Debt, Receipt } from '#connectors/govpay/sandbox-register'

const attemptsMax = 25
const retryMsFirst = 100
const retryMsMax = 5_000
const answerMsMax = 3_000

/** The connector of the application, as GovPay's administrator configured it. */
export interface NotifyOptions {
  /** What GovPay puts its own paths behind. */
  readonly url: string
  readonly username: string
  readonly password: string
  readonly version: 'v1' | 'v2'
}

/**
 * Tells the application of a receipt, or of the start of an attempt where there is none, until a 2xx takes it; false
 * after 25 attempts, without a connector, and of what its version does not tell. Throws once `signal` aborts.
 */
export type Notify = (debt: Debt, receipt?: Receipt) => Promise<boolean>

interface Own {
  readonly application: string
  readonly domain: string
}

/** Calls the connector over connections that are kept. */
export const notifier = (
  connector: () => NotifyOptions | undefined,
  own: Own,
  signal: AbortSignal,
): Notify => {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  signal.addEventListener('abort', () => httpAgent.destroy(), { once: true })

  return async (debt, receipt) => {
    const to = connector()
    if (!to || (to.version === 'v2' && !receipt)) return false
    const call = {
      ...callOf(to, debt, own, receipt),
      auth: { username: to.username, password: to.password },
      headers: { 'content-type': 'application/json' },
      httpAgent,
      maxRedirects: 0,
      timeout: answerMsMax,
      signal,
    }
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const isTaken = await axios.request(call).then(
        () => true,
        () => false,
      )
      if (isTaken) return true
      await delay(Math.min(retryMsMax, retryMsFirst * 2 ** (attempt - 1)), undefined, { signal })
    }
    return false
  }
}

const callOf = ({ url, version }: NotifyOptions, debt: Debt, own: Own, receipt?: Receipt) => {
  const path = `${own.domain}/${debt.iuv}`
  return version === 'v2' && receipt
    ? {
        method: 'PUT',
        url: `${url}/ricevute/${path}/${receipt.id}`,
        data: stringify(ricevutaOf(debt, receipt, own)),
      }
    : {
        method: 'POST',
        url: `${url}/pagamenti/${path}`,
        data: stringify(notificaOf(debt, own, receipt)),
      }
}
