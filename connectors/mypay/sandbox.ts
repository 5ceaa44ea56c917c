import { setMaxListeners } from 'node:events'
import express from 'express'
import { checkout } from '#connectors/mypay/sandbox-checkout'
import { noticePdf } from '#connectors/mypay/sandbox-notice'
import { notifier } from '#connectors/mypay/sandbox-notifier'
import { homePage } from '#connectors/mypay/sandbox-pages'
import { openRegister } from '#connectors/mypay/sandbox-register'
import { openSessions } from '#connectors/mypay/sandbox-sessions'
import { mypayEndpoint } from '#connectors/mypay/sandbox-soap'
import { openTill } from '#connectors/mypay/sandbox-till'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { answerErrors, refuse } from '#sandboxes/refusal'
import type { Counters, Register } from '#connectors/mypay/sandbox-register'
import type { Body } from '#connectors/mypay/sandbox-soap'
import type { Till } from '#connectors/mypay/sandbox-till'
import type { Express } from 'express'

export interface MypaySandboxOptions extends Body {
  /** A free one where absent. */
  readonly port?: number
  /** Where what is paid is notified, one address for all dues; nowhere where absent. */
  readonly notify_url?: string | undefined
  /** What the tokens of notifications are signed with. */
  readonly notify_secret: string
  /** From payment to notification; 0 where absent. */
  readonly notifyDelayMs?: number
  /** Where dues are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface MypaySandbox {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The `base_url` of a tenant's configuration. */
  readonly endpoint: string
  /** Totals, or those of one iud; over HTTP `GET /counters` and `GET /counters/{iud}`. */
  readonly counters: (iud?: string) => Counters
  /** Closes the server and gives up notifications that wait; with a `dataFile` the next start goes on. */
  stop(): Promise<void>
}

const endpointPath = '/ws/pa/PagamentiTelematiciDovutiPagati'

/**
 * MyPay as a real SOAP server on 127.0.0.1. The cents of an amount are magic: the table is `magicCents`
 * (`sandbox-magic`), the README and `GET /` show it. Throws where the port is taken.
 */
export const startMypaySandbox = async (options: MypaySandboxOptions): Promise<MypaySandbox> => {
  const register = openRegister(options.dataFile)
  const closing = new AbortController()
  const { signal } = closing
  // One listener for each notification under way.
  setMaxListeners(0, signal)
  const notify = notifier({ url: options.notify_url, secret: options.notify_secret, signal })
  const till = openTill({ register, notify, notifyDelayMs: options.notifyDelayMs ?? 0, signal })
  const server = await listen(application(register, till, options), options.port)
  till.resume()
  const url = urlOf(server)
  return {
    url,
    endpoint: url + endpointPath,
    counters: register.counters,
    stop: async () => {
      closing.abort()
      await Promise.all([close(server), till.idle()])
      register.close()
    },
  }
}

const application = (register: Register, till: Till, { ipa_code, password }: Body): Express => {
  const app = express()
  const sessions = openSessions(register)
  const known = { ipa_code, password }

  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'x-sandbox': 'mypay',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage()))
  app.post(endpointPath, ...mypayEndpoint({ register, sessions, till, known }))
  app.use('/pay', checkout({ register, sessions, till }))
  app.get('/notice/:iuv', async (request, response) => {
    const debt = register.byIuv(request.params.iuv)
    if (!debt) return refuse(response, 404, 'unknown-due')
    response.type('pdf').send(await noticePdf(debt))
  })
  app.post('/pay-now/:iud', (request, response) => {
    const debt = till.pay(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-due')
    response.json({ dueId: debt.dueId, receipts: debt.receipts })
  })
  app.get('/counters', (_request, response) => void response.json(register.counters()))
  app.get('/counters/:iud', (request, response) => {
    response.json(register.counters(request.params.iud))
  })
  app.use((_request, response) => refuse(response, 404, 'unknown-path'))
  app.use(answerErrors)
  return app
}
