import type { Express, RequestHandler } from 'express'
import { ownWords, sourceWords } from '#apps/debit-edge/answers/answer'
import type { Desk } from '#apps/debit-edge/desk'
import { docs } from '#apps/debit-edge/docs/page'
import * as accounts from '#apps/debit-edge/routes/accounts'
import { asked, type AskedRoute, renderedIn } from '#apps/debit-edge/routes/asked'
import * as authorisations from '#apps/debit-edge/routes/authorisations'
import * as money from '#apps/debit-edge/routes/money'
import { conta, debito } from '#apps/debit-edge/routes/source'
import * as views from '#apps/debit-edge/routes/views'
import { callerOf, type Token } from '#apps/platform/bearer-tokens'
import { httpApp, type HttpAppOptions } from '#apps/platform/http'
import { renderProblems, serveMethods, serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'

export interface DebitEdgeOptions extends Pick<HttpAppOptions, 'log' | 'metrics' | 'status'> {
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
export function debitEdgeApp({ desk, tokens, ...shell }: DebitEdgeOptions): Express {
  const routes = (app: Express) => {
    app.use(rendering)
    docs(app)
    if (tokens.length > 0) app.use(admission(tokens))
    for (const route of posted) serveOnly(app, 'post', route.name, asked(desk, route))
    serveMethods(app, '/v1/accounts/:id/cards', {
      post: [asked(desk, accounts.addCard)],
      patch: [asked(desk, accounts.changeCard)],
    })
    serveOnly(app, 'patch', '/v1/accounts/:id', asked(desk, accounts.changeAccount))
    serveOnly(app, 'get', '/v1/accounts/:id/balance', views.balance(desk))
    serveOnly(app, 'get', '/v1/accounts/:id/statement', views.statement(desk))
    serveOnly(app, 'get', '/v1/accounts/:id/entries', views.entries(desk))
  }
  return httpApp({ name: 'debit-edge', ...shell, routes })
}

const ofSource: readonly string[] = ['/conta', '/debito']

const rendering: RequestHandler = (request, response, next) => {
  const words = ofSource.includes(request.path) ? sourceWords : ownWords
  renderProblems(response, renderedIn(words, request.path))
  next()
}

function admission(tokens: readonly Token[]): RequestHandler {
  const findCaller = callerOf(tokens)
  return (request, _response, next) => {
    if (findCaller(request.get('authorization')) !== undefined) return next()
    const headers = { 'www-authenticate': 'Bearer' }
    throw new Problem(401, 'a bearer token of this service is needed', { headers })
  }
}
