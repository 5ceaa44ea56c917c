import type { IncomingMessage, ServerResponse } from 'node:http'
import { withinSpan } from '#core/span-here'
import type { TraceHeaders, Tracing } from '#ports/tracing'

/** Serves a request in a span of its own, and gives back what that gives. */
export type TraceRequest = <Done>(
  request: IncomingMessage,
  response: ServerResponse,
  given: { readonly routeOf: () => string; readonly serve: () => Done },
) => Done

/**
 * Spans of requests, each named by its route as it is declared and ended with the answer: of the address nothing is told,
 * neither path nor query. What the caller's headers say of its own trace is heeded. Where traces are off it only serves.
 */
export function requestTracing(tracing: Tracing | undefined): TraceRequest {
  if (!tracing) return (_request, _response, { serve }) => serve()
  return (request, response, { routeOf, serve }) => {
    const method = request.method ?? ''
    const span = tracing.begin({ name: method, kind: 'server', parent: headersOf(request) })
    if (span.isRecorded) {
      response.once('close', () => {
        const route = routeOf()
        const { statusCode: status, writableFinished: isWhole } = response
        const error = isWhole ? (status >= 500 ? String(status) : undefined) : 'aborted'
        span.end({
          name: `${method} ${route}`,
          attributes: {
            'http.request.method': method,
            'http.route': route,
            ...(isWhole ? { 'http.response.status_code': status } : {}),
          },
          ...(error === undefined ? {} : { error }),
        })
      })
    }
    return withinSpan(span, serve)
  }
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(',') : header

const headersOf = ({ headers }: IncomingMessage): TraceHeaders => ({
  traceparent: textOf(headers['traceparent']),
  tracestate: textOf(headers['tracestate']),
})
