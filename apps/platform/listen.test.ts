import { EventEmitter, once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { listen } from '#apps/platform/http'

const closedWithin = async (ms: number, close: () => Promise<void>) => {
  const begun = performance.now()
  await close()
  expect(performance.now() - begun).toBeLessThan(ms)
}

describe('listen', () => {
  it('names the port that is taken, and the setting', async () => {
    const first = await listen(express(), 0)
    const port = Number(new URL(first.url).port)
    await expect(listen(express(), port)).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken: set PORT to a free one`,
    )
    await first.close()
  })

  it('names a host that is not here', async () => {
    await expect(listen(express(), 0, '203.0.113.7')).rejects.toThrow(
      '203.0.113.7 is no address of this machine: set HOST to one that is',
    )
  })

  it('finishes what runs, takes nothing new, and does not wait for idle connections', async () => {
    const app = express()
    const arrivals = new EventEmitter()
    app.get('/slow', async (_request, response) => {
      arrivals.emit('arrived')
      await sleep(300)
      response.send('done')
    })
    const { url, close } = await listen(app, 0)
    const { hostname, port } = new URL(url)
    const unused = connect(Number(port), hostname)
    await once(unused, 'connect')
    const agent = new Agent({ keepAlive: true })
    const [answer] = (await once(get(`${url}/`, { agent }), 'response')) as [NodeJS.ReadableStream]
    answer.resume()
    const arrived = once(arrivals, 'arrived')
    const running = fetch(`${url}/slow`)
    await arrived
    await closedWithin(1_000, async () => {
      const closing = close()
      await expect(fetch(`${url}/slow`)).rejects.toThrow()
      await closing
    })
    expect(await (await running).text()).toBe('done')
    agent.destroy()
  })

  it('closes twice without complaint', async () => {
    const { close } = await listen(express(), 0)
    await close()
    await close()
  })
})
