import express, { type Express, type RequestHandler } from 'express'
import type { Desk, PaymentProxyPorts, PaymentRoute } from '#apps/payment-proxy/desk'
import { mountCheckPayment } from '#apps/payment-proxy/configuration/check-payment'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { mountConfigurations } from '#apps/payment-proxy/configuration/routes'
import { paymentProxyDocs } from '#apps/payment-proxy/docs/api'
import { idOf } from '#apps/payment-proxy/path-id'
import { newRefusedPages } from '#apps/payment-proxy/refused-pages'
import { landing } from '#apps/payment-proxy/routes/landing'
import { notice } from '#apps/payment-proxy/routes/notice'
import { notify } from '#apps/payment-proxy/routes/notify'
import { onlinePayment } from '#apps/payment-proxy/routes/online-payment'
import { receipt } from '#apps/payment-proxy/routes/receipt'
import { mountRetry } from '#apps/payment-proxy/routes/retry'
import { update } from '#apps/payment-proxy/routes/update'
import { httpApp, type HttpAppOptions } from '#apps/platform/http'
import { renderProblems, requestIdOf, serveOnly } from '#apps/platform/http-answers'
import { Problem, tryLater } from '#apps/platform/problem'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { Renderer } from '#ports/rendering'

export interface PaymentProxyOptions extends Pick<
  PaymentProxyPorts,
  'log' | 'metrics' | 'notesOf'
> {
  /** Each is served under `/<its name>`. */
  readonly connectors: readonly IntermediaryConnector[]
  /** Undefined until the tables are read: until then every route answers 503. */
  readonly ports: () => Pick<PaymentProxyPorts, 'tables' | 'publisher'> | undefined
  readonly status: HttpAppOptions['status']
  readonly tracing?: HttpAppOptions['tracing']
  /** Who may configure what payments are served with. */
  readonly access: ConfigurationAccess
  /** Where payers may be sent whose public body lists no hosts itself. */
  readonly allowedHosts: readonly string[]
  /** Draws the notices that an intermediary does not. */
  readonly renderer: Renderer
  /** From a landing to the check that follows it; the route's own where absent. */
  readonly landedCheckMs?: number
}

const paymentRoutes = ({ landedCheckMs }: PaymentProxyOptions): readonly PaymentRoute[] => [
  onlinePayment,
  landing(landedCheckMs),
  notice,
  receipt,
  update(),
]
const notificationBytesMax = 256 * 1024
const postToNotify = { method: 'post', path: '' } as const

/**
 * Serves the addresses in the links of payments, the intermediaries' notifications, and the configuration of both. It
 * decides nothing: what happened becomes a fact on `payment.facts`, what is to be configured a command, acknowledged
 * before anyone is answered.
 */
export function paymentProxy(options: PaymentProxyOptions): Express {
  const { log, metrics, tracing, status, connectors } = options
  const counted = { ...options, refusedPages: newRefusedPages(metrics) }
  const routes = (app: Express) => connectors.forEach((one) => mount(app, one, counted))
  const api = paymentProxyDocs(connectors)
  return httpApp({ name: 'payment-proxy', log, metrics, tracing, status, api, routes })
}

type Mounted = PaymentProxyOptions & Pick<Desk, 'refusedPages'>

function mount(app: Express, connector: IntermediaryConnector, options: Mounted): void {
  const { log, metrics, notesOf, allowedHosts, refusedPages, renderer } = options
  const deskOf = (requestId: string): Desk => {
    const ports = options.ports()
    if (!ports) throw tryLater('the tables are not read yet')
    return {
      ...ports,
      log,
      metrics,
      notesOf,
      allowedHosts,
      refusedPages,
      renderer,
      connector,
      requestId,
    }
  }
  for (const { paths, answer } of paymentRoutes(options)) {
    const handler: RequestHandler = (request, response) =>
      answer(idOf(request.params['id']), deskOf(requestIdOf(response)), response)
    for (const path of paths) serveOnly(app, 'get', `/${connector.name}${path}`, notAhead, handler)
  }
  const raw = express.raw({ type: () => true, limit: notificationBytesMax })
  for (const { method, path } of connector.notifications?.routes ?? [postToNotify]) {
    const at = `/${connector.name}/notify${path}`
    serveOnly(app, method, at, inItsWords(connector), raw, (request, response) =>
      notify(request, deskOf(requestIdOf(response)), response),
    )
  }
  const mounting = { connector, access: options.access, deskOf }
  mountConfigurations(app, mounting)
  mountCheckPayment(app, mounting)
  mountRetry(app, mounting)
}

/** Refusals of notifications as the connector wants them said, where it has words of its own. */
const inItsWords =
  ({ notifications }: IntermediaryConnector): RequestHandler =>
  (_request, response, next) => {
    const answer = notifications?.answer
    if (answer) renderProblems(response, (refused) => answer({ refused }))
    next()
  }

/**
 * A page fetched ahead was not opened. Any 2xx would be kept and shown in place of the page when the payer does
 * open it, 204 as nothing at all; so it is refused.
 */
const notAhead: RequestHandler = (request, _response, next) => {
  const purpose = request.get('sec-purpose') ?? request.get('purpose') ?? request.get('x-moz')
  if (!purpose?.includes('prefetch')) return next()
  const headers = { allow: 'GET' }
  throw new Problem(405, 'this address is not fetched ahead; open it', { headers })
}
