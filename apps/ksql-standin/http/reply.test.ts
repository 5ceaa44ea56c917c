import { once } from 'node:events'
import { createServer, request as request1, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMembers, Refusal, sendJson, sendRefusal } from '#apps/ksql-standin/http/reply'

let server: Server
let failures: string[]
beforeEach(async () => {
  failures = []
  server = createServer((request, response) => {
    readMembers(request).then(
      (members) => sendJson(response, 200, members),
      (error: Error) => {
        failures.push(error.message)
        if (error instanceof Refusal) sendRefusal(response, error)
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => void (server.closeAllConnections(), server.close()))

const portOf = () => (server.address() as AddressInfo).port

const post = async (body: string) => {
  const answer = await fetch(`http://127.0.0.1:${portOf()}/query`, { method: 'POST', body })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('the body of a request', () => {
  it('is read whole, also where it comes in pieces that part a character', async () => {
    const bytes = Buffer.from('{"ksql":"SELECT \u2019é😀"}')
    const sent = request1({ port: portOf(), host: '127.0.0.1', method: 'POST', path: '/query' })
    const answered = once(sent, 'response') as Promise<[NodeJS.ReadableStream]>
    for (const byte of bytes) {
      sent.write(Buffer.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    sent.end()
    const [response] = await answered
    let text = ''
    for await (const part of response) text += String(part)
    expect(JSON.parse(text)).toEqual({ ksql: 'SELECT ’é😀' })
  })

  it('that is larger than is taken is refused, and the connection serves the next', async () => {
    const large = await post(JSON.stringify({ ksql: 'x'.repeat(2_000_000) }))
    expect(large).toMatchObject({ status: 413, body: { error_code: 41300 } })
    expect(await post('{"ksql":"SELECT"}')).toMatchObject({ status: 200 })
  })

  it.each(['', 'no JSON', '[1]'])('%j is refused', async (body) => {
    expect((await post(body)).body).toMatchObject({ '@type': 'generic_error' })
  })

  it('that ends before it is whole is no request', async () => {
    const socket = connect(portOf(), '127.0.0.1')
    socket.write('POST /query HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"ksql":')
    await once(server, 'request')
    socket.destroy()
    await expect.poll(() => failures).toHaveLength(1)
  })
})
