import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { duePayment } from '#apps/payments-poller/example-payments'
import { updateCall } from '#apps/payments-poller/update-call'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  closing.push(() => (server.closeAllConnections(), server.close()))
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const call = updateCall(['127.0.0.1'])
const never = new AbortController().signal
const outcomeOf = (url: string, method = 'GET') => call(duePayment(1, { url, method }), never)

describe('a call for a check', () => {
  it('is a GET of the address as it came', async () => {
    const seen: string[] = []
    const base = await served((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      response.end('{}')
    })
    expect(await outcomeOf(`${base}/update/1?token=a%20b`)).toEqual({
      kind: 'answered',
      code: '200',
    })
    expect(seen).toEqual(['GET /update/1?token=a%20b'])
  })

  it.each([
    [204, 'answered'],
    [302, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [401, 'failed'],
    [429, 'failed'],
    [502, 'failed'],
    [504, 'failed'],
  ])('takes %s for %s, and follows nothing', async (status, kind) => {
    let requests = 0
    const base = await served((_request, response) => {
      requests += 1
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    expect(await outcomeOf(base)).toEqual({ kind, code: String(status) })
    expect(requests).toBe(1)
  })

  it('failed where nobody answers, and where the answer breaks or is too long', async () => {
    const broken = await served((request) => request.socket.destroy())
    expect(await outcomeOf(broken)).toEqual({ kind: 'failed', code: 'ECONNRESET' })
    const long = await served((_request, response) => response.end(Buffer.alloc(300 * 1024)))
    expect(await outcomeOf(long)).toMatchObject({ kind: 'failed' })
    expect(await outcomeOf('http://127.0.0.1:1/')).toEqual({ kind: 'failed', code: 'ECONNREFUSED' })
  })

  it('ends with the signal it was given', async () => {
    const base = await served(() => undefined)
    const signal = AbortSignal.timeout(50)
    expect(await call(duePayment(1, { url: base }), signal)).toMatchObject({ kind: 'failed' })
  })

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'link-local-host'],
    ['http://[fe80::1]/', 'link-local-host'],
    ['http://evil.example/', 'host-not-allowed'],
    ['ftp://127.0.0.1/', 'no-web-url'],
    ['http://user:secret@127.0.0.1/', 'url-with-credentials'],
    ['', 'no-web-url'],
  ])('is not made to %s', async (url, code) => {
    expect(await outcomeOf(url)).toEqual({ kind: 'forbidden', code })
  })

  it('is not made by another method', async () => {
    expect(await outcomeOf('http://127.0.0.1:1/', 'POST')).toEqual({
      kind: 'forbidden',
      code: 'method-not-allowed',
    })
  })
})
