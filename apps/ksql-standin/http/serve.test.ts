import { request as request1 } from 'node:http'
import { connect as connect2 } from 'node:http2'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serve } from '#apps/ksql-standin/http/serve'
import type { Listening } from '#apps/platform/http'

let server: Listening
beforeEach(async () => {
  server = await serve(
    (request, response) => {
      let text = ''
      request.on('data', (part: Buffer) => (text += part.toString()))
      request.on('end', () => response.end(`${request.httpVersion} ${request.url} ${text}`))
    },
    0,
    '127.0.0.1',
  )
})
afterEach(() => server.close())

const http1 = (url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request1(url, { method: 'POST' }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve(text))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const http2 = (url: string, path: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const session = connect2(url)
    session.on('error', reject)
    const stream = session.request({ ':method': 'POST', ':path': path })
    let text = ''
    stream.setEncoding('utf8').on('data', (part: string) => (text += part))
    stream.on('end', () => {
      session.close()
      resolve(text)
    })
    stream.end(body)
  })

it('speaks both protocols on one port', async () => {
  const body = 'x'.repeat(200_000)
  expect(await http1(`${server.url}/one`, body)).toBe(`1.1 /one ${body}`)
  expect(await http2(server.url, '/two', body)).toBe(`2.0 /two ${body}`)
})

it('waits for enough bytes to tell them apart', async () => {
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  const answer = new Promise<string>((resolve) =>
    socket.once('data', (bytes: Buffer) => resolve(bytes.toString())),
  )
  // Begins as the other protocol does.
  for (const part of ['P', 'UT /three HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n']) {
    socket.write(part)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await answer).toContain('1.1 /three')
  socket.destroy()
})

it('closes at once where connections idle', async () => {
  const { port } = new URL(server.url)
  const silent = connect(Number(port), '127.0.0.1')
  await new Promise((resolve) => silent.once('connect', resolve))
  const began = performance.now()
  await server.close()
  expect(performance.now() - began).toBeLessThan(2_000)
})

it('names the port that is taken', async () => {
  const { port } = new URL(server.url)
  await expect(serve(() => undefined, Number(port), '127.0.0.1')).rejects.toThrow(
    `port ${port} of 127.0.0.1 is taken: set PORT to a free one`,
  )
})
