import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'

import { afterEach, expect, it } from 'vitest'

import { assertPortsFree, stackPorts } from '#compose/embedded/ports'

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map(closed)))

const closed = (server: Server) => new Promise((resolve) => server.close(resolve))

const listening = (host: string): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    servers.push(server)
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port))
  })

it('lays the ports of a stack out from its base', () => {
  expect(stackPorts(17000)).toEqual({
    kafka: 17092,
    controller: 17093,
    registry: 17081,
    postgres: 17032,
  })
})

it('names every taken port, who wanted it and the way out', async () => {
  const [first, second] = [await listening('127.0.0.1'), await listening('127.0.0.1')]
  const claims = [
    { port: first, wantedBy: 'the broker' },
    { port: second, wantedBy: 'the registry' },
  ]
  await expect(assertPortsFree(claims)).rejects.toThrow(
    `port ${first} (wanted by the broker), port ${second} (wanted by the registry) is taken by ` +
      'another program: stop that program, or choose other ports with --port-base',
  )
})

it('sees a program that listens on all addresses', async () => {
  const port = await listening('0.0.0.0')
  await expect(assertPortsFree([{ port, wantedBy: 'the broker' }])).rejects.toThrow(`${port}`)
})

it('leaves a free port free', async () => {
  const port = await listening('127.0.0.1')
  await Promise.all(servers.splice(0).map(closed))
  await assertPortsFree([{ port, wantedBy: 'the broker' }])
  await assertPortsFree([{ port, wantedBy: 'the broker' }])
})

it('waits for a port that is being given up', async () => {
  const port = await listening('127.0.0.1')
  const claims = [{ port, wantedBy: 'the worker' }]
  await expect(assertPortsFree(claims, 300)).rejects.toThrow('wanted by the worker')
  setTimeout(() => servers.splice(0).forEach(closed), 300)
  await assertPortsFree(claims, 10_000)
})
