import type { IncomingMessage, ServerResponse } from 'node:http'
import { accepted, mediaTypes, type Offer } from '#apps/ksql-standin/http/accept'
import { answerKsql } from '#apps/ksql-standin/http/ksql-endpoint'
import { answerQuery, query, queryStream } from '#apps/ksql-standin/http/query-endpoint'
import { Refusal, sendEmpty, sendJson, sendRefusal } from '#apps/ksql-standin/http/reply'
import type { FormatName } from '#apps/ksql-standin/http/row-format'
import type { Answer } from '#apps/ksql-standin/http/serve'
import { answerAbout, type HealthOf } from '#apps/ksql-standin/http/server-endpoints'
import type { Serving } from '#apps/ksql-standin/http/serving'
import { errorCodes, genericError } from '#apps/ksql-standin/sql/ksql-error'
import type { Log } from '#core/log'

export interface RoutePorts {
  /** Undefined while it starts: until then every endpoint answers 503. */
  readonly serving: () => Serving | undefined
  readonly kafkaHealth: HealthOf
  readonly log: Log
  /** Told what became of each query. */
  readonly onQuery: (outcome: 'done' | 'refused' | 'failed' | 'gone') => void
}

const asJson: Offer<true> = {
  absent: true,
  any: true,
  byType: { [mediaTypes.v1]: true, [mediaTypes.json]: true },
}
const ofQuery: Offer<FormatName> = {
  absent: 'v1',
  any: 'delimited',
  byType: {
    [mediaTypes.v1]: 'v1',
    [mediaTypes.json]: 'v1',
    [mediaTypes.delimited]: 'delimited',
  },
}
const ofStream: Offer<FormatName> = {
  absent: 'delimited',
  any: 'delimited',
  byType: { ...ofQuery.byType, [mediaTypes.json]: 'array' },
}

const posts: readonly string[] = ['/ksql', '/query', '/query-stream', '/lag', '/heartbeat']

/** Serves ksqlDB's paths. */
export const routes =
  (ports: RoutePorts): Answer =>
  (request, response) => {
    answer(request, response, ports).catch((error: unknown) => failed(error, response, ports))
  }

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  ports: RoutePorts,
): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*$/s, '')
  const wanted = posts.includes(path) ? 'POST' : 'GET'
  if (posts.includes(path) && request.method !== wanted) {
    return sendEmpty(response, 405, { allow: wanted })
  }
  const serving = ports.serving()
  if (!serving) {
    throw new Refusal(genericError('the stand-in for ksqlDB is starting', 50302), false)
  }
  if (path === '/') return sendEmpty(response, 307, { location: '/info' })
  if (path === '/query' || path === '/query-stream') {
    return answerRows(path, { request, response }, serving, ports)
  }
  if (!accepted(request.headers.accept, asJson)) return sendEmpty(response, 406)
  if (path === '/ksql') return answerKsql(request, response, serving)
  if (request.method === 'GET' && (await answerAbout(path, response, serving, ports.kafkaHealth)))
    return
  const page = '<html><body><h1>Resource not found</h1></body></html>'
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
  response.end(page)
}

async function answerRows(
  path: '/query' | '/query-stream',
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  serving: Serving,
  { onQuery }: RoutePorts,
): Promise<void> {
  const isStream = path === '/query-stream'
  const { accept } = exchange.request.headers
  const format = accepted(accept, isStream ? ofStream : ofQuery)
  if (!format) return sendEmpty(exchange.response, 406)
  try {
    await answerQuery(isStream ? queryStream : query, exchange, format, serving)
    onQuery('done')
  } catch (error) {
    const isGone = exchange.response.destroyed
    onQuery(error instanceof Refusal ? 'refused' : isGone ? 'gone' : 'failed')
    throw error
  }
}

function failed(error: unknown, response: ServerResponse, { log }: RoutePorts): void {
  if (error instanceof Refusal && !response.headersSent) return sendRefusal(response, error)
  // Whoever is gone needs no answer, and has broken nothing.
  if (response.destroyed) return
  const { message, code } = error as NodeJS.ErrnoException
  // What Postgres says of a value repeats it.
  const reason = 'severity' in (error as object) ? 'refused by Postgres' : message
  log.error({ reason, code }, 'request failed')
  if (response.headersSent) return
  const isLate = code === '57014'
  const sentence = isLate ? 'the query took too long and was stopped' : 'the query cannot be run'
  sendJson(response, 500, genericError(sentence, errorCodes.server).body, false)
}
