import { createServer } from 'node:http'
import { govpayClient } from '#connectors/govpay/client'
import { tenantOf } from '#connectors/govpay/config'
import { exampleTenant } from '#connectors/govpay/example-configuration'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  readonly call: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

export type ExampleParty = Awaited<ReturnType<typeof startExampleParty>>

/** A server that answers whatever a test says, and clients of it. */
export const startExampleParty = async () => {
  let answer: RequestListener = () => undefined
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  // Each client is another caller: a pause that one is asked for is not the next one's.
  let callers = 0
  const application = () => `A2A-${callers}`
  const clientOf = (base_url: string, timeout_ms = 1_000) => {
    callers += 1
    const tenant = exampleTenant(base_url, { timeout_ms, application_id: application() })
    return govpayClient(tenantOf({ tenant, service: {} }))
  }

  return {
    /** The idA2A of the client that was made last. */
    application,
    clientOf,
    client: (timeout_ms?: number) => clientOf(`http://127.0.0.1:${port}/govpay/`, timeout_ms),
    answeringBy: (listener: RequestListener) => {
      answer = listener
    },
    answering: (status: number, body: unknown = '', headers = {}): void => {
      answer = (_request, response) =>
        void response
          .writeHead(status, headers)
          .end(typeof body === 'string' ? body : JSON.stringify(body))
    },
    /** Answers so, and tells what was asked. */
    listening: (status: number, body: unknown): Seen[] => {
      const seen: Seen[] = []
      answer = (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const call = `${request.method} ${request.url}`
          seen.push({ call, headers: request.headers, body: text })
          response.writeHead(status).end(JSON.stringify(body))
        })
      }
      return seen
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
