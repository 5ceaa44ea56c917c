import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import type { Express, RequestHandler } from 'express'
import { problemAnswer } from '#apps/debit-edge/answers/answer'
import type { Desk } from '#apps/debit-edge/desk'
import { debitEdgeDocs } from '#apps/debit-edge/docs/api'
import { inFront } from '#apps/debit-edge/in-front'
import * as accounts from '#apps/debit-edge/routes/accounts'
import { asked, type AskedRoute } from '#apps/debit-edge/routes/asked'
import * as authorisations from '#apps/debit-edge/routes/authorisations'
import * as money from '#apps/debit-edge/routes/money'
import { conta, debito } from '#apps/debit-edge/routes/source'
import * as views from '#apps/debit-edge/routes/views'
import { callerOf, type Token } from '#apps/platform/bearer-tokens'
import { httpApp, type HttpAppOptions } from '#apps/platform/http'
import { renderProblems, serveMethods, serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import { requestShell } from '#apps/platform/request-shell'
import { requestTracing } from '#apps/platform/tracing/traced-requests'

const name = 'debit-edge'

export interface DebitEdgeOptions extends Pick<
  HttpAppOptions,
  'log' | 'metrics' | 'status' | 'tracing'
> {
  readonly desk: Desk
  /** Who may ask; anybody who gets here where there are none. */
  readonly tokens: readonly Token[]
}

const posted: readonly AskedRoute[] = [
  debito,
  conta,
  money.debit,
  money.credit,
  money.refund,
  authorisations.authorise,
  authorisations.increment,
  authorisations.post,
  authorisations.voided,
  authorisations.reverseAt('authorisations'),
  authorisations.reverseAt('debits'),
  accounts.openAccount,
]

/**
 * Takes requests for debits over HTTP: the two routes of the source in its words, and our own under `/v1`. It decides
 * nothing: each request becomes an event on `debits`, and its answer is what was decided and committed.
 */
export function debitEdgeApp(options: DebitEdgeOptions): RequestListener {
  const { desk, tokens, log, metrics, tracing } = options
  return inFront({
    routes: new Map(posted.map((route) => [route.name, asked(desk, route)])),
    admit: admission(tokens),
    shell: requestShell(name, log, metrics),
    traced: requestTracing(tracing),
    behind: wholeEdge(options),
  })
}

/** Everything the edge serves, those routes too that are answered in front of it. */
export function wholeEdge({ desk, tokens, ...shell }: DebitEdgeOptions): Express {
  const admit = admission(tokens)
  const served = (route: AskedRoute): RequestHandler => {
    const answer = asked(desk, route)
    return (request, response) => {
      const params = request.params as Readonly<Record<string, string>>
      return answer(request, response, { path: request.path, params })
    }
  }
  const routes = (app: Express) => {
    app.use(rendering)
    app.use((request, _response, next) => {
      admit(request.headers)
      next()
    })
    for (const route of posted) serveOnly(app, 'post', route.name, served(route))
    serveMethods(app, '/v1/accounts/:id/cards', {
      post: [served(accounts.addCard)],
      patch: [served(accounts.changeCard)],
    })
    serveOnly(app, 'patch', '/v1/accounts/:id', served(accounts.changeAccount))
    serveOnly(app, 'get', '/v1/accounts/:id/balance', views.balance(desk))
    serveOnly(app, 'get', '/v1/accounts/:id/statement', views.statement(desk))
    serveOnly(app, 'get', '/v1/accounts/:id/entries', views.entries(desk))
  }
  return httpApp({ name, ...shell, api: debitEdgeDocs(tokens.length > 0), routes })
}

const rendering: RequestHandler = ({ path }, response, next) => {
  renderProblems(response, (problem) => problemAnswer(problem, path))
  next()
}

/** Throws Problem 401 where nobody who may ask does. */
function admission(tokens: readonly Token[]): (headers: IncomingHttpHeaders) => void {
  if (tokens.length === 0) return () => undefined
  const findCaller = callerOf(tokens)
  return ({ authorization }) => {
    if (findCaller(authorization) !== undefined) return
    const headers = { 'www-authenticate': 'Bearer' }
    throw new Problem(401, 'a bearer token of this service is needed', { headers })
  }
}
