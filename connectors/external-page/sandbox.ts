import { setMaxListeners } from 'node:events'
import express from 'express'
import { openCheckout } from '#connectors/external-page/sandbox-checkout'
import { notifier } from '#connectors/external-page/sandbox-notifier'
import { homePage } from '#connectors/external-page/sandbox-pages'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { answerErrors, refuse } from '#sandboxes/refusal'
import { openRegister, statusOf } from '#connectors/external-page/sandbox-register'
import { paymentStatus } from '#connectors/external-page/sandbox-status'
import { openTill } from '#connectors/external-page/sandbox-till'
import type { Counters, Register } from '#connectors/external-page/sandbox-register'
import type { Till } from '#connectors/external-page/sandbox-till'
import type { Express } from 'express'

export interface ExternalPageSandboxOptions {
  /** A free one where absent. */
  readonly port?: number
  /** What addresses and notifications are signed with. */
  readonly signing_secret: string
  /** From payment to notification; 0 where absent. */
  readonly notifyDelayMs?: number
  /** Where payments are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface ExternalPageSandbox {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The `page_url` of a configuration. */
  readonly pageUrl: string
  /** The `status_url` of a tenant's configuration. */
  readonly statusUrl: string
  /** Totals, or those of one iud; over HTTP `GET /counters` and `GET /counters/{iud}`. */
  readonly counters: (iud?: string) => Counters
  /** Closes the server and gives up notifications that wait; with a `dataFile` the next start goes on. */
  stop(): Promise<void>
}

const pageQuery =
  'iud={iud}&amount={amount}&currency={currency}&description={description}&landing={landing}&notify={notify}&time={time}&nonce={nonce}'
const statusQuery = 'iud={iud}&time={time}&nonce={nonce}'

/**
 * A fictional page to pay at as a real HTTP server on 127.0.0.1. The cents of an amount are magic: the table is
 * `magicCents` (`sandbox-magic`), the README and `GET /` show it. Throws where the port is taken.
 */
export const startExternalPageSandbox = async (
  options: ExternalPageSandboxOptions,
): Promise<ExternalPageSandbox> => {
  const register = openRegister(options.dataFile)
  const closing = new AbortController()
  // One listener for each notification under way.
  setMaxListeners(0, closing.signal)
  const till = openTill({
    register,
    notify: notifier(options.signing_secret, closing.signal),
    notifyDelayMs: options.notifyDelayMs ?? 0,
    signal: closing.signal,
  })
  const app = application(register, till, options.signing_secret)
  const server = await listen(app, options.port)
  till.resume()
  const url = urlOf(server)
  return {
    url,
    pageUrl: `${url}/pay?${pageQuery}`,
    statusUrl: `${url}/status?${statusQuery}`,
    counters: register.counters,
    stop: async () => {
      closing.abort()
      await Promise.all([close(server), till.idle()])
      register.close()
    },
  }
}

const application = (register: Register, till: Till, secret: string): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'x-sandbox': 'external-page',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage()))
  app.use('/pay', openCheckout(register, till, secret))
  app.get('/status', paymentStatus(register, till, secret))
  app.post('/pay-now/:iud', (request, response) => {
    const entry = till.pay(request.params.iud)
    if (!entry) return refuse(response, 404, 'unknown-payment')
    response.json(statusOf(entry))
  })
  app.get('/counters', (_request, response) => void response.json(register.counters()))
  app.get('/counters/:iud', (request, response) => {
    response.json(register.counters(request.params.iud))
  })
  app.use((_request, response) => refuse(response, 404, 'unknown-path'))
  app.use(answerErrors)
  return app
}
