import { setMaxListeners } from 'node:events'
import express from 'express'
import { pendencyApi } from '#connectors/examplepay/sandbox-api'
import { openCheckout } from '#connectors/examplepay/sandbox-checkout'
import { notifier } from '#connectors/examplepay/sandbox-notifier'
import { homePage } from '#connectors/examplepay/sandbox-pages'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { answerErrors, refuse } from '#sandboxes/refusal'
import { openRegister, pendencyOf } from '#connectors/examplepay/sandbox-register'
import { openTill } from '#connectors/examplepay/sandbox-till'
import type { Counters, Register } from '#connectors/examplepay/sandbox-register'
import type { Till } from '#connectors/examplepay/sandbox-till'
import type { Express } from 'express'

export interface ExamplepaySandboxOptions {
  /** A free one where absent. */
  readonly port?: number
  /** What callers must send as `Authorization: Bearer`. */
  readonly api_key: string
  /** What notifications are signed with. */
  readonly notify_secret: string
  /** From payment to notification; 0 where absent. */
  readonly notifyDelayMs?: number
  /** Where debts are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface ExamplepaySandbox {
  /** `http://127.0.0.1:<port>`: the `base_url` of a tenant's configuration. */
  readonly url: string
  /** Totals, or those of one iud; over HTTP `GET /counters` and `GET /counters/{iud}`. */
  readonly counters: (iud?: string) => Counters
  /** Closes the server and gives up notifications that wait; with a `dataFile` the next start goes on. */
  stop(): Promise<void>
}

/**
 * A fictional intermediary as a real HTTP server on 127.0.0.1. The cents of an amount are magic: the table is
 * `magicCents` (`sandbox-magic`), the README and `GET /` show it. Throws where the port is taken.
 */
export const startExamplepaySandbox = async (
  options: ExamplepaySandboxOptions,
): Promise<ExamplepaySandbox> => {
  const register = openRegister(options.dataFile)
  const closing = new AbortController()
  // One listener for each notification under way.
  setMaxListeners(0, closing.signal)
  const till = openTill({
    register,
    notify: notifier(options.notify_secret, closing.signal),
    notifyDelayMs: options.notifyDelayMs ?? 0,
    signal: closing.signal,
  })
  const server = await listen(application(register, till, options.api_key), options.port)
  till.resume()
  return {
    url: urlOf(server),
    counters: register.counters,
    stop: async () => {
      closing.abort()
      await Promise.all([close(server), till.idle()])
      register.close()
    },
  }
}

const application = (register: Register, till: Till, apiKey: string): Express => {
  const app = express()
  const checkout = openCheckout(register, till)
  const openSession = (iud: string, origin: string) => origin + checkout.openSession(iud)

  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'x-sandbox': 'examplepay',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage()))
  app.use('/pendencies', pendencyApi({ register, till, apiKey, openSession }))
  app.use('/pay', checkout.router)
  app.post('/pay-now/:iud', (request, response) => {
    const { iud } = register.find(request.params.iud) ?? request.params
    const debt = till.pay(iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-debt')
    response.json(pendencyOf(debt))
  })
  app.get('/counters', (_request, response) => void response.json(register.counters()))
  app.get('/counters/:iud', (request, response) => {
    response.json(register.counters(request.params.iud))
  })
  app.use((_request, response) => refuse(response, 404, 'unknown-path'))
  app.use(answerErrors)
  return app
}
