import type { lookup } from 'node:dns'
import { once } from 'node:events'
import http, { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import axios from 'axios'
import { afterEach, describe, expect, it } from 'vitest'
import { exampleCertificate } from '#apps/payment-proxy/configuration/example-certificate'
import { outgoingCalls } from '#core/outgoing-agents'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server on the loopback; its port. */
async function served(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  closing.push(() => (server.closeAllConnections(), server.close()))
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Names that lead where the test says, one answer after the other. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = []
  const resolve = (name: string, _options: unknown, answer: (...given: unknown[]) => void) => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1]!
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { asked, resolve: resolve as unknown as typeof lookup }
}

function calls(resolve?: typeof lookup) {
  const made = outgoingCalls({ resolve })
  closing.push(() => (made.httpAgent.destroy(), made.httpsAgent.destroy()))
  return made
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  )

describe('a call to a URL that came with data', () => {
  it('reaches a name, looked up once, and an address', async () => {
    const port = await served((request, response) => response.end(request.headers.host))
    const { asked, resolve } = resolver(['127.0.0.1'], ['169.254.169.254'])
    const client = axios.create(calls(resolve))
    expect((await client.get(`http://pay.example:${port}/`)).data).toBe(`pay.example:${port}`)
    expect((await client.get(`http://127.0.0.1:${port}/`)).status).toBe(200)
    expect(asked).toEqual(['pay.example'])
  })

  it('is refused where the name leads to the link, before anything is sent', async () => {
    for (const address of ['169.254.169.254', 'fe80::1', '::ffff:a9fe:a9fe']) {
      const { resolve } = resolver([address])
      const client = axios.create(calls(resolve))
      expect(await refusal(client.get('http://pay.example/'))).toBe('link-local-host')
      expect(await refusal(client.get('https://pay.example/'))).toBe('link-local-host')
    }
  })

  it('is refused where only one of the addresses is of the link', async () => {
    const port = await served((_request, response) => response.end())
    const { resolve } = resolver(['127.0.0.1', '169.254.169.254'])
    const client = axios.create(calls(resolve))
    expect(await refusal(client.get(`http://pay.example:${port}/`))).toBe('link-local-host')
  })

  it('is refused at an address of the link, which is looked up by nobody', async () => {
    const client = axios.create({ ...calls(), timeout: 2_000 })
    for (const scheme of ['http', 'https']) {
      expect(await refusal(client.get(`${scheme}://169.254.169.254/`))).toBe('link-local-host')
      expect(await refusal(client.get(`${scheme}://[fe80::1]/`))).toBe('link-local-host')
    }
  })

  it('is not helped by an answer that changes: a new connection asks anew and is refused', async () => {
    const port = await served((_request, response) => response.end())
    const { asked, resolve } = resolver(['127.0.0.1'], ['169.254.169.254'])
    const { httpAgent, ...rest } = calls(resolve)
    const client = axios.create({ ...rest, httpAgent })
    expect((await client.get(`http://pay.example:${port}/`)).status).toBe(200)
    httpAgent.destroy()
    expect(await refusal(client.get(`http://pay.example:${port}/`))).toBe('link-local-host')
    expect(asked).toHaveLength(2)
  })

  it('follows no redirect', async () => {
    const port = await served((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    const client = axios.create({ ...calls(), validateStatus: () => true })
    expect((await client.get(`http://127.0.0.1:${port}/`)).status).toBe(302)
  })

  it('is not given to a proxy of the environment, which would look the name up itself', async () => {
    const port = await served((_request, response) => response.end('from the proxy'))
    process.env['http_proxy'] = `http://127.0.0.1:${port}`
    closing.push(() => delete process.env['http_proxy'])
    const { resolve } = resolver(['169.254.169.254'])
    const client = axios.create(calls(resolve))
    expect(await refusal(client.get('http://pay.example/'))).toBe('link-local-host')
  })

  it('shows a certificate to a server that asks for one, where it was given one', async () => {
    const { cert, key } = exampleCertificate(1)
    const asking = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: false }
    const server = https.createServer(asking, (request, response) => {
      response.end(String((request.socket as TLSSocket).authorized))
    })
    closing.push(() => (server.closeAllConnections(), server.close()))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const made = outgoingCalls({ identity: { cert, key, ca: cert } })
    closing.push(() => (made.httpAgent.destroy(), made.httpsAgent.destroy()))
    expect((await axios.create(made).get(url)).data).toBe(true)
  })

  it('holds for requests of node itself', async () => {
    const port = await served((_request, response) => response.end('here'))
    const { httpAgent, httpsAgent } = calls(resolver(['169.254.169.254']).resolve)
    const request = http.get(`http://127.0.0.1:${port}/`, { agent: httpAgent })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    answer.resume()
    expect(answer.statusCode).toBe(200)
    const refused = http.get('http://pay.example/', { agent: httpAgent })
    expect(await refusal(once(refused, 'response'))).toBe('link-local-host')
    const secure = https.get('https://pay.example/', { agent: httpsAgent })
    expect(await refusal(once(secure, 'response'))).toBe('link-local-host')
  })
})
