import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startExampleProxy } from '#apps/payment-proxy/example-proxy'
import {
  json,
  pathOf,
  service,
  exampleConfigurations,
} from '#apps/payment-proxy/example-configurations'

const proxy = exampleConfigurations()

describe('If-Match', () => {
  it.each(['"7"', 'W/"1"', '"2", "3"'])('%s is of another version', async (tag) => {
    const path = await proxy().configured()
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await proxy().send(method, path, method === 'DELETE' ? undefined : service, {
        'if-match': tag,
      })
      expect([answer.status, answer.headers.get('etag')]).toEqual([412, '"1"'])
    }
  })

  it.each(['"1"', '*', '"7", "1"'])('%s is of the one that is there', async (tag) => {
    const path = await proxy().configured()
    const answer = await proxy().put(path, { ...service, reason: 'Canone' }, { 'if-match': tag })
    expect(answer.status).toBe(200)
  })

  it('* needs one, and If-None-Match: * none', async () => {
    expect((await proxy().put(pathOf(randomUUID()), service, { 'if-match': '*' })).status).toBe(412)
    const none = { 'if-none-match': '*' }
    expect((await proxy().put(pathOf(randomUUID()), service, none)).status).toBe(201)
    expect((await proxy().put(await proxy().configured(), service, none)).status).toBe(412)
  })
})

describe('two connectors for one service', () => {
  it('are one too many, until the first is deleted', async () => {
    const path = await proxy().configured()
    const elsewhere = path.replace('examplepay', 'otherpay')
    const answer = await proxy().put(elsewhere, service)
    expect(answer.status).toBe(409)
    expect((await json(answer))['detail']).toMatch(/^the service takes payments at examplepay: /)
    expect((await proxy().put(elsewhere, { ...service, active: false })).status).toBe(201)
    await proxy().send('DELETE', path)
    expect((await proxy().put(elsewhere, service)).status).toBe(200)
  })

  it('are refused by the keeper where the proxy has not seen the other yet', async () => {
    const path = await proxy().configured()
    const id = path.split('/').at(-1)!
    proxy().services.delete(`examplepay/${id}`)
    expect((await proxy().put(path.replace('examplepay', 'otherpay'), service)).status).toBe(409)
  })
})

describe('where the keeper of configurations stands', () => {
  it('a change is 504 with what to do, and may be taken yet', async () => {
    const still = await startExampleProxy()
    try {
      still.keeper.stop()
      const answer = await still.call(pathOf(randomUUID()), {
        method: 'PUT',
        headers: { authorization: proxy().authorization, 'content-type': 'application/json' },
        body: JSON.stringify(service),
      })
      expect(answer.status).toBe(504)
      expect(await json(answer)).toMatchObject({
        detail: expect.stringContaining('read the configuration before you repeat it') as string,
        command_id: still.keeper.commands[0]?.command_id,
      })
    } finally {
      await still.stop()
    }
  })
})
