import type { Readable } from 'node:stream'

export interface TransportRequest {
  readonly method: 'GET' | 'POST'
  /** Below the path of the server's URL. */
  readonly path: string
  readonly accept: string
  readonly body?: string
  /** Aborting it breaks the exchange off, at the server too. */
  readonly signal: AbortSignal
}

export interface TransportAnswer {
  readonly status: number
  readonly type: string
  readonly body: Readable
  /** Whether the body came to its own end. Asked behind it. */
  isWhole(): boolean
}

/** HTTP as far as it is needed. Rejects with whatever the connection says. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>
  close(): Promise<void>
}

/** The headers of a request beside those of the server. */
export const headersOf = ({ accept, body }: TransportRequest): Record<string, string> => ({
  accept,
  ...(body === undefined
    ? {}
    : {
        'content-type': 'application/vnd.ksql.v1+json',
        'content-length': String(Buffer.byteLength(body)),
      }),
})

/** The path of a request on the server. */
export const pathOf = (base: URL, path: string): string => base.pathname.replace(/\/+$/, '') + path

/** Nobody took the connection in time. */
export class ConnectTimeoutError extends Error {
  override name = 'ConnectTimeoutError'
  readonly code = 'connect-timeout'
}
