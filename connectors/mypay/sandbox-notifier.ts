import { createHmac } from 'node:crypto'
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import { carried, paidDocument, receiptDocument } from '#connectors/mypay/sandbox-documents'
import { base64Of } from '#soap/xml-writing'
import type { Debt, Receipt } from '#connectors/mypay/sandbox-register'

const attemptsMax = 25
const retryMsFirst = 100
const retryMsMax = 5_000
const answerMsMax = 5_000

/** Tells the body of a receipt until it is taken; false after 25 attempts. Throws once `signal` aborts. */
export type Notify = (debt: Debt, receipt: Receipt) => Promise<boolean>

interface NotifierOptions {
  /** The one address the body gave for its type of due; nothing is told where it gave none. */
  readonly url: string | undefined
  /** What tokens are signed with. */
  readonly secret: string
  readonly signal: AbortSignal
}

/** Posts JSON with a token, over connections that are kept. Taken is a 2xx that names no fault. */
export const notifier = ({ url, secret, signal }: NotifierOptions): Notify => {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  signal.addEventListener('abort', () => httpAgent.destroy(), { once: true })
  const authorization = `Bearer ${tokenOf(secret)}`

  return async (debt, receipt) => {
    if (url === undefined) return false
    const body = JSON.stringify(pushOf(debt, receipt))
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const isTaken = await axios
        .post<unknown>(url, body, {
          headers: { 'content-type': 'application/json', authorization },
          httpAgent,
          maxRedirects: 0,
          timeout: answerMsMax,
          signal,
        })
        .then(({ data }) => !namesFault(data))
        .catch(() => false)
      if (isTaken) return true
      await delay(Math.min(retryMsMax, retryMsFirst * 2 ** (attempt - 1)), undefined, { signal })
    }
    return false
  }
}

const namesFault = (answer: unknown): boolean => {
  const { faultCode } = (answer ?? {}) as { faultCode?: unknown }
  return typeof faultCode === 'string' && faultCode.trim() !== ''
}

/** The JSON of a notification: the receipt and the document, both of the receipt at hand. */
export const pushOf = (debt: Debt, receipt: Receipt): { rt: string; esito: string } => ({
  rt: base64Of(receiptDocument(debt, receipt)),
  esito: carried(paidDocument('Pagati', { debts: [debt], receipt }), debt, false),
})

const json64 = (members: object): string =>
  Buffer.from(JSON.stringify(members), 'utf8').toString('base64url')

/** The token that goes with notifications: HS512, without an end. */
export const tokenOf = (secret: string): string => {
  const signed = `${json64({ alg: 'HS512', kid: 'sandbox' })}.${json64({ sub: 'sil', iss: 'mypay' })}`
  return `${signed}.${createHmac('sha512', secret).update(signed).digest('base64url')}`
}
