import type { RequestHandler } from 'express'
import { Problem } from '#apps/platform/problem'

const maySend = 'authorization, content-type, if-match, if-none-match, x-request-id'
const mayRead = 'etag, location, retry-after, x-request-id'
const answerSecondsMax = '600'

/**
 * Lets pages of the allowed origins call a path from a browser, and answers the question browsers ask before. Whoever
 * is no browser is served all the same: an origin proves nothing about its caller.
 */
export function allowOrigins(
  origins: readonly string[],
  methods: readonly string[],
): RequestHandler {
  return (request, response, next) => {
    response.vary('origin')
    const origin = request.get('origin')
    const isAllowed = origin !== undefined && origins.includes(origin)
    if (isAllowed) {
      response.set({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': mayRead,
      })
    }
    if (request.method !== 'OPTIONS' || !request.get('access-control-request-method')) return next()
    if (!isAllowed) throw new Problem(403, 'pages of this origin may not call the proxy')
    response.set({
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': maySend,
      'access-control-max-age': answerSecondsMax,
    })
    response.status(204).end()
  }
}
