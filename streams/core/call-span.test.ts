import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleTracing } from '#apps/platform/tracing/example-tracing'
import { outgoingClient } from '#core/outgoing-client'
import { withinSpan } from '#core/span-here'

const seen: string[] = []
const server = createServer((request, response) => {
  seen.push(...Object.keys(request.headers))
  response.writeHead(request.url?.startsWith('/away') ? 503 : 201).end()
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  ;({ port } = server.address() as AddressInfo)
})
afterAll(() => void server.close())

/** What is told of a call of this path, by a task that is traced. */
async function calledAt(path: string, at = port) {
  const { tracing, told } = exampleTracing()
  const cause = tracing.begin({ name: 'process payment.openings', kind: 'consumer' })
  const call = outgoingClient({ baseURL: `http://127.0.0.1:${at}`, timeout: 1_000 })
  const asked = withinSpan(cause, () => call({ method: 'PUT', url: path }))
  await asked.catch(() => undefined)
  cause.end()
  return told()
}

describe('a call of an outside party', () => {
  it('is told of by host and status, and nothing of its path', async () => {
    const [call, cause] = await calledAt('/payers/PRVLCU85M15X000R?name=Luca')
    expect(call).toMatchObject({ name: 'PUT 127.0.0.1', kind: 'client', parent: cause!.spanId })
    expect(call!.attributes).toEqual({
      'http.request.method': 'PUT',
      'server.address': '127.0.0.1',
      'server.port': port,
      'http.response.status_code': 201,
    })
    expect(JSON.stringify(call)).not.toMatch(/PRVLCU|Luca|payers/)
  })

  it('tells the party nothing of the trace', async () => {
    seen.length = 0
    await calledAt('/')
    expect(seen).toContain('host')
    expect(seen).not.toContain('traceparent')
  })

  it.each([
    ['503', '/away', () => port],
    ['ECONNREFUSED', '/', () => 1],
  ])('has failed by %s', async (error, path, at) => {
    const [call] = await calledAt(path, at())
    expect(call!.attributes['error.type']).toBe(error)
  })
})
