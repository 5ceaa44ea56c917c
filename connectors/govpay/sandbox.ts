import { setMaxListeners } from 'node:events'
import express from 'express'
import { openCheckout } from '#connectors/govpay/sandbox-checkout'
import { notifier } from '#connectors/govpay/sandbox-notifier'
import { homePage } from '#connectors/govpay/sandbox-pages'
import { pendenzeApi } from '#connectors/govpay/sandbox-pendenze'
import { refuse } from '#connectors/govpay/sandbox-faults'
import { openRegister } from '#connectors/govpay/sandbox-register'
import { pendenzaOf, sendJson } from '#connectors/govpay/sandbox-told'
import { openTill } from '#connectors/govpay/sandbox-till'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { answerErrorsBy } from '#sandboxes/refusal'
import type { NotifyOptions } from '#connectors/govpay/sandbox-notifier'
import type { Counters, Register } from '#connectors/govpay/sandbox-register'
import type { Till } from '#connectors/govpay/sandbox-till'
import type { Express, RequestHandler } from 'express'

/** Whom the sandbox knows: an application, how it shows itself there, and the body that debts are owed to. Fictional. */
export const sandboxNames = {
  username: 'corrente',
  application_id: 'A2A-CORRENTE',
  domain_id: '01234567890',
} as const

const own = { application: sandboxNames.application_id, domain: sandboxNames.domain_id }

export interface GovpaySandboxOptions {
  /** A free one where absent. */
  readonly port?: number
  /** That of the one application it knows. */
  readonly password: string
  /** The connector of the application, which is told of payments; nobody is where absent. */
  readonly notify?: NotifyOptions
  /** From payment to notification; 0 where absent. */
  readonly notifyDelayMs?: number
  /** Where debts are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface GovpaySandbox {
  /** `http://127.0.0.1:<port>`, the `base_url` of a tenant's configuration. */
  readonly url: string
  /** Totals, or those of one iud; over HTTP `GET /counters` and `GET /counters/{iud}`. */
  readonly counters: (iud?: string) => Counters
  /** Has another connector told from now on. */
  notifyTo(connector: NotifyOptions | undefined): void
  /** Closes the server and gives up notifications that wait; with a `dataFile` the next start goes on. */
  stop(): Promise<void>
}

/**
 * GovPay played by a real HTTP server on 127.0.0.1. The cents of an amount are magic: the table is `magicCents`
 * (`sandbox-magic`), the README and `GET /` show it. Throws where the port is taken.
 */
export const startGovpaySandbox = async (options: GovpaySandboxOptions): Promise<GovpaySandbox> => {
  const register = openRegister(options.dataFile)
  const closing = new AbortController()
  // One listener for each notification under way.
  setMaxListeners(0, closing.signal)
  let connector = options.notify
  const till = openTill({
    register,
    notify: notifier(() => connector, own, closing.signal),
    notifyDelayMs: options.notifyDelayMs ?? 0,
    signal: closing.signal,
  })
  const server = await listen(application(register, till, options.password), options.port)
  till.resume()
  return {
    url: urlOf(server),
    counters: register.counters,
    notifyTo: (other) => void (connector = other),
    stop: async () => {
      closing.abort()
      await Promise.all([close(server), till.idle()])
      register.close()
    },
  }
}

const application = (register: Register, till: Till, password: string): Express => {
  const app = express()
  const checkout = openCheckout(register, till)
  const isKnown = onlyWith(password)

  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'x-sandbox': 'govpay',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage()))
  const pendenze = pendenzeApi({ register, till, ...own })
  app.use('/backend/api/pendenze/rs/basic/v2', isKnown, pendenze)
  const pagamenti = '/frontend/api/pagamento/rs/basic/v2/pagamenti'
  app.post(pagamenti, isKnown, express.json(), checkout.pagamenti)
  app.use('/pay', checkout.router)
  app.post('/pay-now/:iud', (request, response) => {
    const debt = till.pay(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, '404000')
    sendJson(response, pendenzaOf(debt, own.application, own.domain))
  })
  app.get('/counters', (_request, response) => void response.json(register.counters()))
  app.get('/counters/:iud', (request, response) => {
    response.json(register.counters(request.params.iud))
  })
  app.use((_request, response) => refuse(response, 404, '404000'))
  app.use(answerErrors)
  return app
}

const onlyWith = (password: string): RequestHandler => {
  const known = `${sandboxNames.username}:${password}`
  const expected = `Basic ${Buffer.from(known, 'utf8').toString('base64')}`
  return (request, response, next) => {
    if (request.headers.authorization === expected) return next()
    refuse(response, 401, '401000')
  }
}

const answerErrors = answerErrorsBy((response, status, isMalformed) =>
  refuse(response, status, isMalformed ? 'SINTASSI' : 'INTERNO'),
)
