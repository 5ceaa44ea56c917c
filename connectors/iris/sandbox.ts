import { setMaxListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import express from 'express'
import { soapEndpoint } from '#soap/endpoint'
import { descriptionCheck } from '#soap/schema-check'
import { readXml } from '#soap/xml'
import { openCheckout } from '#connectors/iris/sandbox-checkout'
import { openNotices } from '#connectors/iris/sandbox-notices'
import { notifier } from '#connectors/iris/sandbox-notifier'
import { homePage, says } from '#connectors/iris/sandbox-pages'
import { openPositions } from '#connectors/iris/sandbox-positions'
import { openRegister } from '#connectors/iris/sandbox-register'
import { openSessions } from '#connectors/iris/sandbox-sessions'
import { openStatus } from '#connectors/iris/sandbox-status'
import { openTill } from '#connectors/iris/sandbox-till'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { answerErrors, refuse } from '#sandboxes/refusal'
import type { Notified } from '#connectors/iris/sandbox-notifier'
import type { Counters, Register } from '#connectors/iris/sandbox-register'
import type { Sessions } from '#connectors/iris/sandbox-sessions'
import type { Till } from '#connectors/iris/sandbox-till'
import type { Express, RequestHandler } from 'express'

/** The body whose sandbox it is, and the secrets agreed with it. */
export interface Body {
  readonly sender_id: string
  readonly sender_system: string
  readonly username: string
  readonly password: string
}

export interface IrisSandboxOptions extends Body {
  /** A free one where absent. */
  readonly port?: number
  /** Where the body is told of payments; nowhere where absent. */
  readonly notify?: Notified
  /** From payment to notification; 0 where absent. */
  readonly notifyDelayMs?: number
  /** How long a page to pay at is good; 14 minutes where absent. */
  readonly sessionMs?: number
  /** Where pendencies are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

export interface IrisSandbox {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The three addresses of a tenant's configuration. */
  readonly positionsUrl: string
  readonly statusUrl: string
  readonly noticesUrl: string
  /** Totals, or those of one iud; over HTTP `GET /counters` and `GET /counters/{iud}`. */
  readonly counters: (iud?: string) => Counters
  /** Closes the server and gives up notifications that wait; with a `dataFile` the next start goes on. */
  stop(): Promise<void>
}

const sessionMsDefault = 14 * 60_000

/**
 * IRIS as a real SOAP server on 127.0.0.1. The cents of an amount are magic: the table is `magicCents`
 * (`sandbox-magic`), the README and `GET /` show it. Throws where the port is taken.
 */
export const startIrisSandbox = async (options: IrisSandboxOptions): Promise<IrisSandbox> => {
  const register = openRegister(options.dataFile)
  const closing = new AbortController()
  const { signal } = closing
  // One listener for each notification under way.
  setMaxListeners(0, signal)
  const till = openTill({
    register,
    notify: notifier(options.notify, signal),
    notifyDelayMs: options.notifyDelayMs ?? 0,
    known: knownOf(options),
    signal,
  })
  const sessions = openSessions(options.sessionMs ?? sessionMsDefault, (iud) => {
    const entry = register.of(iud)
    register.put({ ...entry, sessions: entry.sessions + 1 })
  })
  const server = await listen(
    application({ register, sessions, till, body: options }),
    options.port,
  )
  till.resume()
  const url = urlOf(server)
  return {
    url,
    positionsUrl: `${url}/positions`,
    statusUrl: `${url}/status`,
    noticesUrl: `${url}/notices`,
    counters: register.counters,
    stop: async () => {
      closing.abort()
      await Promise.all([close(server), till.idle()])
      register.close()
    },
  }
}

const knownOf = ({ sender_id, sender_system }: Body) => ({ id: sender_id, system: sender_system })

const checkOf = (file: string) =>
  descriptionCheck(readXml(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')))

interface Parts {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
  readonly body: Body
}

const application = ({ register, sessions, till, body }: Parts): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'x-sandbox': 'iris',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    })
    next()
  })
  const known = knownOf(body)
  const check = checkOf('iris.wsdl')
  const parts = { register, sessions, till, known }
  app.use(['/positions', '/status', '/notices'], withBasic(body))
  app.post('/positions', ...soapEndpoint({ check, says, play: openPositions(parts) }))
  app.post('/status', ...soapEndpoint({ check, says, play: openStatus(parts) }))
  const noticesCheck = checkOf('generazione-avvisi.wsdl')
  app.post('/notices', ...soapEndpoint({ check: noticesCheck, says, play: openNotices(register) }))
  app.get('/', (_request, response) => void response.send(homePage()))
  app.use('/gateway', openCheckout({ register, sessions, till }))
  app.post('/pay-now/:iud', (request, response) => {
    const debt = till.pay(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-pendency')
    response.json({ iuv: debt.iuv, receipts: debt.receipts })
  })
  app.get('/counters', (_request, response) => void response.json(register.counters()))
  app.get('/counters/:iud', (request, response) => {
    response.json(register.counters(request.params.iud))
  })
  app.use((_request, response) => refuse(response, 404, 'unknown-path'))
  app.use(answerErrors)
  return app
}

const withBasic = ({ username, password }: Body): RequestHandler => {
  const known = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
  return (request, response, next) => {
    if (request.headers.authorization === known) return next()
    response.set('www-authenticate', 'Basic realm="SANDBOX"')
    refuse(response, 401, 'unauthorised')
  }
}
