import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EdgeClient } from '#apps/corrente/demo-debits/edge-client'

let server: Server
let client: EdgeClient
let asked: IncomingMessage | undefined
let answer: (request: IncomingMessage) => readonly [status: number, body: string]
beforeEach(async () => {
  server = createServer((request, response) => {
    asked = request.resume()
    const [status, body] = answer(request)
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'idempotent-replayed': 'true' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  client = new EdgeClient(`http://127.0.0.1:${port}`, 'token')
})
afterEach(() => {
  client.close()
  server.close()
})

const debit = { method: 'POST', path: '/v1/debits', id: 'd-1', body: { amount: '2.50' } } as const

describe('a caller of the edge', () => {
  it('asks under the id of the request, by the token it has', async () => {
    answer = () => [409, '{"code":"51"}']
    expect(await client.send(debit)).toMatchObject({
      status: 409,
      code: '51',
      body: '{"code":"51"}',
      isRepeated: true,
    })
    expect(asked).toMatchObject({ method: 'POST', url: '/v1/debits' })
    expect(asked?.headers).toMatchObject({
      'idempotency-key': 'd-1',
      authorization: 'Bearer token',
    })
  })

  it('has no answer where the connection breaks, which is no error', async () => {
    answer = () => [0, '']
    expect(await client.send(debit)).toMatchObject({ status: 0, code: 'none', body: '' })
  })

  it('has the status where the answer has no code', async () => {
    answer = () => [502, 'a gateway is angry']
    expect(await client.send(debit)).toMatchObject({ code: 'HTTP 502' })
  })

  it('is told what it looks at, or why not', async () => {
    answer = () => [200, '{"booked":"1.00"}']
    expect(await client.get('/v1/accounts/a/balance')).toEqual({ booked: '1.00' })
    answer = () => [404, '{"code":"14"}']
    await expect(client.get('/v1/accounts/a/balance')).rejects.toThrow(
      'answered 404: {"code":"14"}',
    )
  })
})
