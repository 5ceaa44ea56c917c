import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Counter } from 'prom-client'
import type { Problem } from '#apps/platform/problem'
import { bugPlace } from '#core/dead-letter'
import type { Log } from '#core/log'
import { otherLabel } from '#core/label-values'
import type { Metrics } from '#core/metrics'
import { mayHoldCardNumber } from '#schemas/values/card-number'

/** A request in the log: its id, its route as declared, its method. */
interface Noted {
  readonly request_id: string
  readonly route: string
  readonly method: string
}

/** What every request to an app is given, whatever serves it: express, or a listener in front of it. */
export interface RequestShell {
  /**
   * Gives a request its id, which it returns; forbids caches to keep the answer; counts it once it is over, by the route
   * as it is known then.
   */
  begin(request: IncomingMessage, response: ServerResponse, routeOf: () => string): string
  /** Notes that a request was answered with a problem, and which error that came of. */
  note(problem: Problem, error: unknown, noted: Noted): void
}

const requestIdShape = /^[\w.-]{8,64}$/
/** It stands in log lines, where the number of somebody's card must not. */
const isKept = (given: unknown): given is string =>
  typeof given === 'string' && requestIdShape.test(given) && !mayHoldCardNumber(given)

// A caller may use any of the thirty-odd methods that Node's parser knows, of each route.
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const methodOf = ({ method = '' }: IncomingMessage) => (methods.has(method) ? method : otherLabel)

/** Counts requests by app, method, route and status. */
export function countingShell(app: string, metrics: Pick<Metrics, 'registry'>) {
  const requests = requestCounter(metrics.registry)
  return (request: IncomingMessage, response: ServerResponse, routeOf: () => string): string => {
    const given = request.headers['x-request-id']
    const requestId = isKept(given) ? given : randomUUID()
    response.setHeader('x-request-id', requestId)
    response.setHeader('cache-control', 'no-store')
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    const method = methodOf(request)
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'aborted'
      requests.inc({ app, method, route: routeOf(), status })
    })
    return requestId
  }
}

/** Logs problems and counts errors of an app. */
export const notingShell =
  (app: string, log: Log, metrics: Pick<Metrics, 'errors'>): RequestShell['note'] =>
  ({ status, detail }, error, noted) => {
    if (status === 500) log.error({ ...noted, error: bugPlace(error) }, 'request broke')
    else if (status >= 500) log.warn({ ...noted, status, detail }, 'request failed outside')
    else if (status === 401 || status === 403) log.warn({ ...noted, status }, 'access refused')
    else log.debug({ ...noted, status, detail }, 'request refused')
    if (status >= 500) {
      metrics.errors.inc({ unit: app, origin: status === 500 ? 'internal' : 'external' })
    }
  }

function requestCounter(registry: Metrics['registry']) {
  const name = 'corrente_http_requests_total'
  const labelNames = ['app', 'method', 'route', 'status'] as const
  const known = registry.getSingleMetric(name) as Counter<(typeof labelNames)[number]> | undefined
  const help = 'Requests answered, by route as declared; aborted where the caller left first'
  return known ?? new Counter({ name, help, labelNames, registers: [registry] })
}

/** Both. */
export const requestShell = (
  app: string,
  log: Log,
  metrics: Pick<Metrics, 'registry' | 'errors'>,
): RequestShell => ({
  begin: countingShell(app, metrics),
  note: notingShell(app, log, metrics),
})
