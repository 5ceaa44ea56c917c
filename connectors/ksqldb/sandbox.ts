import { once } from 'node:events'
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as the sandbox got it. */
export interface SandboxRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the sandbox answers, piece by piece. */
export interface SandboxAnswer {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Taken one after the other, no faster than they are read; a number is a pause in milliseconds. */
  readonly pieces?: Iterable<Buffer | number>
  /** How it ends: by itself, with the connection cut, or not before the client leaves. */
  readonly ending?: 'end' | 'cut' | 'never'
}

export interface KsqldbSandbox {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly requests: readonly SandboxRequest[]
  /** How many answers the client left before their end. */
  readonly left: () => number
  /** Most answers that were under way at one time. */
  readonly atOnce: () => number
  stop(): Promise<void>
}

type Got = IncomingMessage | Http2ServerRequest
type Given = ServerResponse | Http2ServerResponse

/**
 * A server that answers as it is told, over HTTP/1.1 or HTTP/2 by prior knowledge, on 127.0.0.1: for all that a real
 * one does on bad days. It knows no SQL: apps/ksql-standin does.
 */
export async function startKsqldbSandbox(
  http: '1.1' | '2',
  answerTo: (request: SandboxRequest, nth: number) => SandboxAnswer,
): Promise<KsqldbSandbox> {
  const requests: SandboxRequest[] = []
  const sockets = new Set<Socket>()
  const counts = { left: 0, running: 0, atOnce: 0 }
  const serve = async (got: Got, given: Given) => {
    const request = await requestOf(got)
    const answer = answerTo(request, requests.push(request))
    counts.atOnce = Math.max(counts.atOnce, (counts.running += 1))
    const left = () => {
      counts.running -= 1
      if (!given.writableEnded) counts.left += 1
    }
    given.once('close', left)
    await give(answer, given)
  }
  const onRequest = (got: Got, given: Given) => void serve(got, given).catch(() => undefined)
  const server = http === '2' ? createHttp2(onRequest) : createHttp1(onRequest)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    left: () => counts.left,
    atOnce: () => counts.atOnce,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function requestOf(got: Got): Promise<SandboxRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of got) chunks.push(chunk as Buffer)
  return {
    method: got.method ?? '',
    path: got.url ?? '',
    headers: got.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

async function give(answer: SandboxAnswer, given: Given): Promise<void> {
  const { status = 200, type, headers = {}, pieces = [], ending = 'end' } = answer
  given.writeHead(status, { ...headers, ...(type === undefined ? {} : { 'content-type': type }) })
  // Headers go out with the first piece; an empty one makes them go at once.
  if ('flushHeaders' in given) given.flushHeaders()
  let isGone = false
  const gone = once(given, 'close').then(() => (isGone = true))
  for (const piece of pieces) {
    if (isGone) return
    if (typeof piece === 'number') await sleep(piece)
    else if (!write(given, piece)) await Promise.race([once(given, 'drain'), gone])
  }
  if (ending === 'end') given.end()
  if (ending === 'cut') given.socket?.destroy()
}

const write = (given: Given, piece: Buffer): boolean => (given as ServerResponse).write(piece)
