import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  failure,
  type SandboxAnswer,
  type SandboxRequest,
} from '#connectors/object-store-s3/sandbox-answers'
import { answerOf } from '#connectors/object-store-s3/sandbox-bucket'
import { refusedBy, type SandboxKey } from '#connectors/object-store-s3/sandbox-signature'
import type { SandboxBucket } from '#connectors/object-store-s3/sandbox-state'

export type { SandboxRequest } from '#connectors/object-store-s3/sandbox-answers'

/** An error instead of an answer, and in how many seconds to come again, where the store says so. */
export interface Failing {
  readonly status: number
  readonly code: string
  readonly retryAfter?: number
}

/**
 * What may become of a request: an error, no answer at all, one that is cut in its middle, one that ends early and does not
 * say so, or one that is lost after the request was done.
 */
export type BadDay = Failing | 'hang' | 'cut' | 'short' | 'lost'

export interface S3Sandbox {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly bucket: string
  readonly key: SandboxKey
  /** In the order they came, those included that were refused. */
  readonly requests: readonly SandboxRequest[]
  /** Keys of what is there, and of what was begun. */
  readonly keys: () => readonly string[]
  readonly uploads: () => readonly string[]
  /** Asked for every request; undefined: a good one. */
  badDay: (request: SandboxRequest) => BadDay | undefined | Promise<BadDay | undefined>
  /** Called once a request was done, before it is answered. */
  onDone: (request: SandboxRequest) => void | Promise<void>
  stop(): Promise<void>
}

interface Surroundings {
  /** Milliseconds since 1970, of its own clock. */
  readonly now?: () => number
  /** Whether requests are kept, with their bodies; not where gigabytes are sent. */
  readonly keepsRequests?: boolean
}

/**
 * An S3 of one bucket, in memory, on 127.0.0.1: it checks signatures, checksums and the limits of parts as S3 does, and
 * has the bad days that a real one has.
 */
export async function startS3Sandbox({
  now = Date.now,
  keepsRequests = true,
}: Surroundings = {}): Promise<S3Sandbox> {
  const key = { id: 'sandbox', secret: 'only-on-loopback' }
  const bucket: SandboxBucket = { name: 'sandbox', now, objects: new Map(), uploads: new Map() }
  const requests: SandboxRequest[] = []
  const sockets = new Set<Socket>()
  const serve = async (got: IncomingMessage, given: ServerResponse) => {
    const request = await requestOf(got)
    if (keepsRequests) requests.push(request)
    const bad = await sandbox.badDay(request)
    if (bad === 'hang') return
    if (typeof bad === 'object') return give(given, failed(bad))
    const answer = refusedBy(key, request, now()) ?? answerOf(bucket, request)
    await sandbox.onDone(request)
    if (bad === 'lost') return void given.destroy()
    give(given, answer, { isHead: request.method === 'HEAD', end: bad })
  }
  const server = createServer((got, given) => void serve(got, given).catch(() => given.destroy()))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sandbox: S3Sandbox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket: bucket.name,
    key,
    requests,
    keys: () => [...bucket.objects.keys()].sort(),
    uploads: () => [...bucket.uploads.values()].map((upload) => upload.key).sort(),
    badDay: () => undefined,
    onDone: () => undefined,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return sandbox
}

async function requestOf(got: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of got) chunks.push(chunk as Buffer)
  const [rawPath = '', search = ''] = (got.url ?? '').split('?')
  const [, bucket = '', ...segments] = decodeURIComponent(rawPath).split('/')
  return {
    method: got.method ?? '',
    rawPath,
    bucket,
    key: segments.join('/'),
    query: new URLSearchParams(search),
    headers: got.headers as Record<string, string>,
    body: Buffer.concat(chunks),
  }
}

function failed({ status, code, retryAfter }: Failing): SandboxAnswer {
  const answer = failure(status, code)
  if (retryAfter === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } }
}

interface Giving {
  readonly isHead?: boolean
  readonly end?: 'cut' | 'short' | undefined
}

function give(
  given: ServerResponse,
  { status, headers = {}, body = '' }: SandboxAnswer,
  { isHead = false, end }: Giving = {},
): void {
  const bytes = Buffer.from(body)
  const half = bytes.subarray(0, bytes.length / 2)
  // A store that forgets the rest does not say how much there is, either.
  if (end === 'short' && !isHead) return void given.writeHead(status, { ...headers }).end(half)
  given.writeHead(status, { ...headers, ...(status !== 304 && { 'content-length': bytes.length }) })
  if (end !== 'cut') return void given.end(isHead ? undefined : bytes)
  given.write(half, () => given.destroy())
}
