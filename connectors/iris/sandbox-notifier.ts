import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import { openedEnvelope } from '#soap/envelope'
import { textAt } from '#soap/xml'

const attemptsMax = 25
const retryMsFirst = 100
const retryMsMax = 5_000
const answerMsMax = 5_000

/** Where a body is told of payments, and who tells. */
export interface Notified {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** Posts a message until it is taken; false after 25 attempts, one that is forged after one. Throws once `signal` aborts. */
export type Notify = (message: string, isForged: boolean) => Promise<boolean>

/** Taken is a 2xx whose infoMessaggio says that all is well. */
export const notifier = (to: Notified | undefined, signal: AbortSignal): Notify => {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 32 })
  signal.addEventListener('abort', () => httpAgent.destroy(), { once: true })

  const isTaken = async (message: string, { url, username, password }: Notified) => {
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"IdpInformativaPagamento"',
    }
    const auth = { username, password }
    const options = { headers, auth, httpAgent, maxRedirects: 0, timeout: answerMsMax, signal }
    const asText = { responseType: 'text', transformResponse: (text: string) => text } as const
    return axios.post<string>(url, Buffer.from(message, 'utf8'), { ...options, ...asText }).then(
      ({ data }) => isWell(data),
      () => false,
    )
  }

  return async (message, isForged) => {
    if (!to) return false
    if (isForged) return isTaken(message, { ...to, password: 'of whoever forges' })
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      if (await isTaken(message, to)) return true
      await delay(Math.min(retryMsMax, retryMsFirst * 2 ** (attempt - 1)), undefined, { signal })
    }
    return false
  }
}

const isWell = (answer: string): boolean => {
  try {
    const { body } = openedEnvelope(answer)
    return textAt(body, 'infoMessaggio', 'Stato') === 'Elaborato Correttamente'
  } catch {
    return false
  }
}
