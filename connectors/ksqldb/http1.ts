import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { Origin } from '#connectors/ksqldb/config'
import {
  ConnectTimeoutError,
  headersOf,
  pathOf,
  type Transport,
  type TransportAnswer,
  type TransportRequest,
} from '#connectors/ksqldb/transport'

const pool = { keepAlive: true, maxSockets: 8 }

/** HTTP/1.1 by node's own client. */
export function http1(origin: Origin, connectMs: number): Transport {
  const isTls = origin.url.protocol === 'https:'
  const ca = origin.ca === undefined ? {} : { ca: origin.ca }
  const agent = isTls ? new https.Agent({ ...pool, ...ca }) : new http.Agent(pool)
  const begin = isTls ? https.request : http.request
  const { hostname, port } = origin.url
  const attempt = (request: TransportRequest) => {
    const options: RequestOptions = {
      agent,
      hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method: request.method,
      path: pathOf(origin.url, request.path),
      headers: { ...origin.headers, ...headersOf(request) },
      signal: request.signal,
    }
    return exchange(begin(options), request.body, connectMs)
  }
  return {
    async send(request) {
      const { sent, answer } = attempt(request)
      return answer.catch((error: unknown) => {
        // The server closed a connection it had kept, just when it was taken: it has seen nothing of the request.
        const isStale = sent.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
        if (!isStale || request.signal.aborted) throw error
        return attempt(request).answer
      })
    },
    close: async () => agent.destroy(),
  }
}

function exchange(sent: ClientRequest, body: string | undefined, connectMs: number) {
  const answer = new Promise<TransportAnswer>((resolve, reject) => {
    sent.once('socket', (socket: Socket) => limitConnect(sent, socket, connectMs))
    sent.once('response', (response) => resolve(answerOf(response)))
    sent.on('error', reject)
  })
  sent.end(body)
  return { sent, answer }
}

function limitConnect(sent: ClientRequest, socket: Socket, connectMs: number): void {
  if (!socket.connecting) return
  const timer = setTimeout(() => sent.destroy(new ConnectTimeoutError()), connectMs)
  const stop = () => clearTimeout(timer)
  socket.once('encrypted' in socket ? 'secureConnect' : 'connect', stop)
  socket.once('close', stop)
}

const answerOf = (response: IncomingMessage): TransportAnswer => ({
  status: response.statusCode ?? 0,
  type: response.headers['content-type'] ?? '',
  body: response,
  isWhole: () => response.complete,
})
