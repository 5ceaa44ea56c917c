import { getEventListeners, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Exchange, noting } from '#core/exchanges'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'

const closing: (() => unknown)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** A client of a server that answers so, and what was noted of it. */
async function scene(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  const pool = outgoingCalls()
  closing.push(() => (pool.httpAgent.destroy(), server.closeAllConnections(), server.close()))
  await once(server, 'listening')
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const noted: Exchange[] = []
  const note = (exchange: Exchange) => void noted.push(exchange)
  return { client: outgoingClient({ ...pool, baseURL, timeout: 500 }), noted, note, baseURL }
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8')

describe('an outgoing client', () => {
  it('has what it exchanged noted, bodies and all', async () => {
    const { client, noted, note, baseURL } = await scene((request, response) => {
      request.resume()
      response.writeHead(422, { 'content-type': 'application/json' }).end('{"error":"no"}')
    })
    const headers = { 'content-type': 'text/xml; charset=utf-8' }
    await noting(note, () =>
      client({ method: 'POST', url: '/dues?key=1', data: '<due/>', headers }),
    )
    expect(noted).toHaveLength(1)
    const [{ request, response, ms, ...rest }] = noted as [Exchange]
    expect(rest).toEqual({
      direction: 'out',
      method: 'POST',
      url: `${baseURL}/dues?key=1`,
      startedAt: expect.any(Date) as Date,
      status: 422,
      error: undefined,
    })
    expect(ms).toBeGreaterThanOrEqual(0)
    expect([request?.type, text(request?.bytes)]).toEqual(['text/xml; charset=utf-8', '<due/>'])
    expect([response?.type, text(response?.bytes)]).toEqual(['application/json', '{"error":"no"}'])
  })

  it('has noted that no answer came, and why', async () => {
    const { client, noted, note } = await scene((request) => request.socket.destroy())
    await expect(noting(note, () => client({ url: '/dues' }))).rejects.toThrow()
    expect(noted).toMatchObject([{ status: undefined, error: 'ECONNRESET', response: undefined }])
    const hanging = await scene(() => undefined)
    await expect(noting(hanging.note, () => hanging.client({ url: '/dues' }))).rejects.toThrow()
    expect(hanging.noted).toMatchObject([{ error: 'ECONNABORTED' }])
  })

  it('gives up an answer that drips for too long, and one its caller no longer waits for', async () => {
    const { client } = await scene((_request, response) => {
      const dripping = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(dripping))
    })
    await expect(client({ url: '/dues' })).rejects.toMatchObject({ code: 'ECONNABORTED' })
    const caller = new AbortController()
    const asked = client({ url: '/dues', signal: caller.signal })
    setTimeout(() => caller.abort(), 50)
    await expect(asked).rejects.toMatchObject({ code: 'ERR_CANCELED' })
    const late = client({ url: '/dues', signal: caller.signal })
    await expect(late).rejects.toMatchObject({ code: 'ERR_CANCELED' })
  })

  it('leaves nothing behind at its caller', async () => {
    const { client } = await scene((_request, response) => response.end())
    const { signal } = new AbortController()
    for (let n = 0; n < 3; n++) await client({ url: '/dues', signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('tells whoever it is asked for: each its own, and of others nobody', async () => {
    const { client, note, noted } = await scene((request, response) => response.end(request.url))
    const other: string[] = []
    await Promise.all([
      noting(note, () => client({ url: '/one' })),
      noting(
        ({ url }) => void other.push(url),
        async () => {
          await client({ url: '/two' })
          await client({ url: '/three' })
        },
      ),
      client({ url: '/four' }),
    ])
    expect(noted.map(({ url }) => new URL(url).pathname)).toEqual(['/one'])
    expect(other.map((url) => new URL(url).pathname)).toEqual(['/two', '/three'])
  })
})
