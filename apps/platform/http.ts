import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import express, { type Express } from 'express'
import { Registry } from 'prom-client'
import type { Api } from '#apps/platform/api-docs/api'
import { serveDocs } from '#apps/platform/api-docs/serve-docs'
import { answerErrors, countRequests, traceRequests } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import { exportProblems } from '#apps/platform/problem-count'
import { processMetrics } from '#apps/platform/process-metrics'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { appVersion } from '#core/version'

/** How a process is. */
export interface StatusReport {
  /** Sentences an operator can act on; none where all is well. */
  readonly problems: readonly string[]
  /** Further members of the answer. */
  readonly details?: Readonly<Record<string, unknown>>
}

export interface HttpAppOptions {
  /** Label of the app in metrics. */
  readonly name: string
  readonly log: Log
  readonly metrics: Pick<Metrics, 'registry' | 'errors'>
  /** Absent where traces are off. */
  readonly tracing?: ProcessTracing | undefined
  /** Asked at each GET /status. */
  readonly status: () => StatusReport | Promise<StatusReport>
  /** What the app serves, as `/docs` shows it. */
  readonly api: Api
  /** Declares what the app serves besides `/status`, `/metrics` and `/docs`. */
  readonly routes: (app: Express) => void
}

/**
 * The shell of every HTTP app: `/status` (200 or 503), `/metrics`, `/docs`, request ids (`x-request-id`), a counter of
 * requests, and errors as `application/problem+json`. Paths and queries are neither logged nor counted: only
 * routes are. Nothing it answers may be kept by a cache.
 */
export function httpApp(options: HttpAppOptions): Express {
  const { name, log, metrics, tracing, status, api, routes } = options
  const { registry } = metrics
  const ofProcess = processMetrics()
  exportProblems(registry, name, async () => (await reported(status)).problems)
  tracing?.countIn(registry)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(countRequests(name, metrics))
  app.get('/status', async (_request, response) => {
    const { problems, details } = await reported(status)
    const state = problems.length === 0 ? 'ok' : 'failing'
    response.status(state === 'ok' ? 200 : 503)
    response.json({ ...details, status: state, version: appVersion, app: name, problems })
  })
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await Registry.merge([registry, ofProcess]).metrics())
  })
  serveDocs(app, api)
  app.use(traceRequests(tracing))
  routes(app)
  app.use(() => {
    throw new Problem(404, 'nothing is served at this path')
  })
  app.use(answerErrors(name, log, metrics))
  return app
}

async function reported(status: HttpAppOptions['status']): Promise<StatusReport> {
  try {
    return await status()
  } catch (error) {
    return { problems: [`the status cannot be told: ${(error as Error).message}`] }
  }
}

/** A server that takes requests. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string
  /** Takes no more requests, lets those that run finish for 10 s, then cuts them off. */
  close(): Promise<void>
}

const drainMsMax = 10_000
const requestMsMax = 30_000

/** Serves the app on a port, 0 for a free one. Throws a sentence naming the setting where it may not. */
export async function listen(
  app: RequestListener,
  port: number,
  host = '127.0.0.1',
): Promise<Listening> {
  const server = createServer(app)
  server.requestTimeout = requestMsMax
  const unused = unusedSockets(server)
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new Error(whyNot(error as NodeJS.ErrnoException, port, host))
  }
  return { url: urlOf(server, host), close: () => drained(server, unused) }
}

/** Connections that have carried no request yet: the server takes them for busy ones. */
function unusedSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', ({ socket }) => sockets.delete(socket))
  return sockets
}

const whyNot = ({ code, message }: NodeJS.ErrnoException, port: number, host: string): string => {
  if (code === 'EADDRINUSE') return `port ${port} of ${host} is taken: set PORT to a free one`
  if (code === 'EACCES') return `port ${port} needs rights this user has not: set PORT above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine: set HOST to one that is`
  }
  return `port ${port} of ${host} cannot be served: ${message}`
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`
}

const drained = (server: Server, unused: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    // A connection falls idle only after its last answer, so asking once is not enough.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const cut = setTimeout(() => server.closeAllConnections(), drainMsMax)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve()
    })
    for (const socket of unused) socket.destroy()
  })
