import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { delayed } from '#tests/bench/connectors/delayed'

const open: { close(): unknown }[] = []
afterEach(() => open.splice(0).forEach((server) => server.close()))

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

async function behind(listener: RequestListener, delayMs: number): Promise<string> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front = await delayed({ port: 0, to: portOf(server), delayMs })
  open.push(front, { close: () => (server.closeAllConnections(), server.close()) })
  return `http://127.0.0.1:${portOf(front)}`
}

it('a server is asked later, and its answer is whole', async () => {
  const url = await behind((request, response) => request.pipe(response), 60)
  const text = 'è'.repeat(300_000)
  const beganAtMs = performance.now()
  const answer = await fetch(url, { method: 'POST', body: text })
  expect(await answer.text()).toBe(text)
  expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(59)
})

it('calls wait beside each other, not one behind the other', async () => {
  const url = await behind((_request, response) => void response.end('yes'), 400)
  const beganAtMs = performance.now()
  await Promise.all(Array.from({ length: 8 }, async () => (await fetch(url)).text()))
  // One behind the other they would take 3.2 s.
  expect(performance.now() - beganAtMs).toBeLessThan(2_400)
})

it('a server that breaks off is heard', async () => {
  const url = await behind((request) => void request.socket.destroy(), 1)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})
