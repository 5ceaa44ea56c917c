import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2'
import type { Origin } from '#connectors/ksqldb/config'
import {
  ConnectTimeoutError,
  headersOf,
  pathOf,
  type Transport,
  type TransportAnswer,
} from '#connectors/ksqldb/transport'

/** HTTP/2 by node's own client: one connection for all, without TLS by prior knowledge. */
export function http2(origin: Origin, connectMs: number): Transport {
  let session: Promise<ClientHttp2Session> | undefined
  const connected = () => {
    if (session) return session
    const opening = open(origin, connectMs)
    session = opening
    const forget = () => {
      if (session === opening) session = undefined
    }
    // A connection that is going takes no new request.
    opening.then((open) => open.once('goaway', forget).once('close', forget), forget)
    return opening
  }
  return {
    async send(request) {
      const open = await connected()
      request.signal.throwIfAborted()
      const stream = open.request(
        {
          ...origin.headers,
          ...headersOf(request),
          ':method': request.method,
          ':path': pathOf(origin.url, request.path),
        },
        { endStream: request.body === undefined, signal: request.signal },
      )
      if (request.body !== undefined) stream.end(request.body)
      return answered(stream)
    },
    async close() {
      const open = await session?.catch(() => undefined)
      open?.destroy()
    },
  }
}

function open(origin: Origin, connectMs: number): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connect(origin.url.origin, origin.ca === undefined ? {} : { ca: origin.ca })
    const timer = setTimeout(() => session.destroy(new ConnectTimeoutError()), connectMs)
    session.once('connect', () => resolve(session))
    session.on('error', reject)
    session.once('close', () => {
      clearTimeout(timer)
      reject(new Error('the connection was closed'))
    })
    session.once('connect', () => clearTimeout(timer))
  })
}

const answered = (stream: ClientHttp2Stream): Promise<TransportAnswer> =>
  new Promise((resolve, reject) => {
    stream.on('error', reject)
    stream.once('close', () => reject(new Error('the server broke the stream off')))
    stream.once('response', (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
      resolve({
        status: headers[':status'] ?? 0,
        type: headers['content-type'] ?? '',
        body: stream,
        isWhole: () => isEnded(stream),
      })
    })
  })

// A stream that was reset ends as quietly as one that is whole.
const isEnded = (stream: ClientHttp2Stream): boolean =>
  stream.readableEnded && !stream.aborted && stream.rstCode === constants.NGHTTP2_NO_ERROR
