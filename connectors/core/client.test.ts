import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coreApplicationRegister } from '#connectors/core/index'
import { TransientError } from '#core/errors'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const credentials = { username: 'proxy', password: 'example-password' }
const outcome = { status: 'OK', status_code: 'x', status_message: 'x', data: {} } as const

let answered: { status: number; body: string }
let logins = 0
let server: Server
beforeAll(async () => {
  server = createServer((request, response) => {
    const isLogin = request.url === '/api/auth'
    if (isLogin) logins += 1
    const { status, body } = isLogin ? { status: 200, body: '{"token":"t"}' } : answered
    response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const url = () => `${base()}/api/applications/1`
const register = () => coreApplicationRegister({ base_url: base(), ...credentials })
const answering = (status: number, body: string) => {
  answered = { status, body }
}

describe('an answer that is not the Core speaking', () => {
  it.each([
    [200, '<!doctype html><title>Login</title>'],
    [200, ''],
    [200, '{"up":true}'],
    [204, ''],
    [404, '<h1>no</h1>'],
    [404, ''],
    [404, '{"message":"no route"}'],
    [500, '<h1>Error</h1>'],
    [403, '{"title":"forbidden"}'],
  ])('%s %j means later', async (status, body) => {
    answering(status, body)
    await expect(register().reportOutcome(url(), outcome)).rejects.toThrow(TransientError)
    await expect(register().findStatus(url())).rejects.toThrow(TransientError)
  })
})

it('a redirect is not followed', async () => {
  answering(302, '')
  await expect(register().findStatus(url())).rejects.toThrow('the Core answered 302')
})

it('the Core is at no address of the link', async () => {
  const base_url = 'http://169.254.169.254'
  const there = coreApplicationRegister({ base_url, ...credentials })
  await expect(there.findStatus(`${base_url}/api/applications/1`)).rejects.toThrow(
    'the Core gave no answer (link-local-host)',
  )
})

describe('an answer of the Core', () => {
  it('says in a sentence that an outcome was taken', async () => {
    answering(200, '["Taken"]')
    expect(await register().reportOutcome(url(), outcome)).toBe('accepted')
  })

  it('422 counts whatever its body', async () => {
    answering(422, '<h1>no</h1>')
    expect(await register().reportOutcome(url(), outcome)).toBe('not-waiting')
  })

  it.each(['["Not found"]', '{"type":"about:blank","title":"Not found"}'])(
    '404 with %s means never',
    async (body) => {
      answering(404, body)
      const never = { code: 'core-404' }
      await expect(register().reportOutcome(url(), outcome)).rejects.toMatchObject(never)
      await expect(register().findStatus(url())).rejects.toMatchObject(never)
    },
  )

  it('401 to a new token too means later, after one renewal', async () => {
    answering(401, '{}')
    logins = 0
    await expect(register().findStatus(url())).rejects.toThrow(
      new TransientError('the Core takes none of the tokens it gives'),
    )
    expect(logins).toBe(2)
  })
})

it('the password stays out of errors', async () => {
  const nowhere = coreApplicationRegister({ base_url: 'http://127.0.0.1:9', ...credentials })
  const error: unknown = await nowhere
    .findStatus('http://127.0.0.1:9/api/applications/1')
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TransientError)
  expect(inspect(error) + JSON.stringify(error)).not.toContain(credentials.password)
})
