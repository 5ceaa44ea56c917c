import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express'
import { Problem, problemOf } from '#apps/platform/problem'
import { countingShell, notingShell } from '#apps/platform/request-shell'
import { requestTracing } from '#apps/platform/tracing/traced-requests'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Tracing } from '#ports/tracing'

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

/** Gives each request its id, forbids caches to keep the answer, and counts it once it is over. */
export function countRequests(app: string, metrics: Pick<Metrics, 'registry'>): RequestHandler {
  const begin = countingShell(app, metrics)
  return (request, response, next) => {
    response.locals['requestId'] = begin(request, response, () => routeOf(request))
    next()
  }
}

/** Each request in a span, where traces are on. */
export function traceRequests(tracing: Tracing | undefined): RequestHandler {
  const traced = requestTracing(tracing)
  return (request, response, next) =>
    traced(request, response, { routeOf: () => routeOf(request), serve: next })
}

const routeOf = ({ route }: Request): string =>
  String((route as { path?: string } | undefined)?.path ?? 'none')

/** Answers what a route threw as a problem. Express knows an error handler by its four parameters. */
export const answerErrors = (
  name: string,
  log: Log,
  metrics: Pick<Metrics, 'errors'>,
): ErrorRequestHandler => {
  const note = notingShell(name, log, metrics)
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error)
    const { method } = request
    note(problem, error, { request_id: requestIdOf(response), route: routeOf(request), method })
    if (response.headersSent) return next(error)
    const answer = rendererOf(response)?.(problem) ?? {
      status: problem.status,
      type: 'application/problem+json',
      body: JSON.stringify(problem.toJson(request.path)),
    }
    response.status(answer.status).set(problem.headers).type(answer.type).send(answer.body)
  }
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
