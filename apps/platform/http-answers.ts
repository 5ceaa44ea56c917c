import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express'
import { Counter } from 'prom-client'
import { Problem, problemOf } from '#apps/platform/problem'
import { bugPlace } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { mayHoldCardNumber } from '#schemas/values/card-number'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Serves one method of a path and answers 405 to every other, HEAD included. */
export const serveOnly = (
  app: Express,
  method: Method,
  path: string,
  ...handlers: RequestHandler[]
): void => serveMethods(app, path, { [method]: handlers })

/** Serves some methods of a path and answers 405 to every other, HEAD included; `before` runs before any of them. */
export function serveMethods(
  app: Express,
  path: string,
  handlers: Readonly<Partial<Record<Method, RequestHandler[]>>>,
  before: readonly RequestHandler[] = [],
): void {
  const methods = Object.keys(handlers) as Method[]
  const allow = methods.map((method) => method.toUpperCase()).join(', ')
  const refuse: RequestHandler = () => {
    throw new Problem(405, `only ${allow} is served at this path`, { headers: { allow } })
  }
  const route = app.route(path)
  if (before.length > 0) route.all(...before)
  // Without a handler of its own, HEAD would run that of GET.
  route.head(refuse)
  for (const method of methods) route[method](...handlers[method]!)
  route.all(refuse)
}

/** The id of the request, as its answer and its log lines carry it. */
export const requestIdOf = (response: Response): string => String(response.locals['requestId'])

const requestIdShape = /^[\w.-]{8,64}$/
/** It stands in log lines, where the number of somebody's card must not. */
const isKept = (given: string | undefined): given is string =>
  given !== undefined && requestIdShape.test(given) && !mayHoldCardNumber(given)

/** Gives each request its id, forbids caches to keep the answer, and counts it once it is over. */
export function countRequests(app: string, metrics: Pick<Metrics, 'registry'>): RequestHandler {
  const requests = requestCounter(metrics.registry)
  return (request, response, next) => {
    const given = request.get('x-request-id')
    const requestId = isKept(given) ? given : randomUUID()
    response.locals['requestId'] = requestId
    response.set({
      'x-request-id': requestId,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'aborted'
      requests.inc({ app, method: request.method, route: routeOf(request), status })
    })
    next()
  }
}

const routeOf = ({ route }: Request): string =>
  String((route as { path?: string } | undefined)?.path ?? 'none')

function requestCounter(registry: Metrics['registry']) {
  const name = 'corrente_http_requests_total'
  const labelNames = ['app', 'method', 'route', 'status'] as const
  const known = registry.getSingleMetric(name) as Counter<(typeof labelNames)[number]> | undefined
  const help = 'Requests answered, by route as declared; aborted where the caller left first'
  return known ?? new Counter({ name, help, labelNames, registers: [registry] })
}

/** Answers what a route threw as a problem. Express knows an error handler by its four parameters. */
export const answerErrors =
  (name: string, log: Log, metrics: Pick<Metrics, 'errors'>): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = problemOf(error)
    const request_id = requestIdOf(response)
    const fields = { request_id, route: routeOf(request), method: request.method }
    const { status, detail } = problem
    if (status === 500) log.error({ ...fields, error: bugPlace(error) }, 'request broke')
    else if (status >= 500) log.warn({ ...fields, status, detail }, 'request failed outside')
    else if (status === 401 || status === 403) log.warn({ ...fields, status }, 'access refused')
    else log.debug({ ...fields, status, detail }, 'request refused')
    if (status >= 500) {
      metrics.errors.inc({ unit: name, origin: status === 500 ? 'internal' : 'external' })
    }
    if (response.headersSent) return next(error)
    const answer = rendererOf(response)?.(problem) ?? {
      status,
      type: 'application/problem+json',
      body: JSON.stringify(problem.toJson(request.path)),
    }
    response.status(answer.status).set(problem.headers).type(answer.type).send(answer.body)
  }

/** A problem in the words of a protocol that has its own. */
export type ProblemRenderer = (problem: Problem) => {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** From here on problems of this request are answered so, not as `application/problem+json`. */
export const renderProblems = (response: Response, renderer: ProblemRenderer): void => {
  response.locals['problemRenderer'] = renderer
}

const rendererOf = ({ locals }: Response): ProblemRenderer | undefined =>
  locals['problemRenderer'] as ProblemRenderer | undefined
