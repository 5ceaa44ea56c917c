import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import { signatureHeader } from '#connectors/external-page/sandbox-signature'
import type { Owed } from '#connectors/external-page/sandbox-register'

const attemptsMax = 25
const retryMsFirst = 100
const retryMsMax = 5_000
const answerMsMax = 3_000
const secretOfSomebodyElse = 'whoever forges a callback does not know the secret'

/** Tells `url` until a 2xx takes it; false after 25 attempts, forged after one. Throws once `signal` aborts. */
export type Notify = (url: string, owed: Owed) => Promise<boolean>

/** Signs each try anew and posts, over connections that are kept. */
export const notifier = (secret: string, signal: AbortSignal): Notify => {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  signal.addEventListener('abort', () => httpAgent.destroy(), { once: true })

  const isTaken = (url: string, body: string, signer: string): Promise<boolean> =>
    axios
      .post(url, body, {
        headers: {
          'content-type': 'application/json',
          'x-external-page-signature': signatureHeader(signer, body),
        },
        httpAgent,
        maxRedirects: 0,
        timeout: answerMsMax,
        signal,
      })
      .then(
        () => true,
        () => false,
      )

  return async (url, { told, isForged }) => {
    const body = JSON.stringify(told)
    if (isForged) return isTaken(url, body, secretOfSomebodyElse)
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      if (await isTaken(url, body, secret)) return true
      await delay(Math.min(retryMsMax, retryMsFirst * 2 ** (attempt - 1)), undefined, { signal })
    }
    return false
  }
}
