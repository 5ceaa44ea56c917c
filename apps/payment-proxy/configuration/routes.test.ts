import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { exampleBearer, exampleOrigin } from '#apps/payment-proxy/example-access'
import {
  json,
  pathOf,
  service,
  tenant,
  tenantPath,
  exampleConfigurations,
  startExampleConfigurations,
} from '#apps/payment-proxy/example-configurations'

const proxy = exampleConfigurations()

describe('who may change a configuration', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])('nobody %ss without a token', async (method) => {
    const path = await proxy().configured()
    const body = method === 'DELETE' ? {} : { body: JSON.stringify(service) }
    const headers = { 'content-type': 'application/json' }
    const answer = await proxy().call(path, { method, headers, ...body })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(
      (await proxy().call('/examplepay/services', { method: 'POST', headers, body: '{}' })).status,
    ).toBe(401)
  })

  it("is whoever speaks for the tenant, and nobody with another's token", async () => {
    const path = await proxy().configured()
    const other = randomUUID()
    const stranger = { authorization: await exampleBearer(other) }
    const theirs = { ...service, tenant_id: other }
    const answers = [
      await proxy().put(path, service, stranger),
      await proxy().put(path, theirs, stranger),
      await proxy().put(path, theirs),
      await proxy().send('PATCH', path, { reason: 'Mine' }, stranger),
      await proxy().send('DELETE', path, undefined, stranger),
      await proxy().put(tenantPath, tenant, stranger),
      await proxy().send('POST', '/examplepay/services', service, stranger),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
    const both = { authorization: await exampleBearer([other, proxy().tenant_id]) }
    expect((await proxy().put(path, service, both)).status).toBe(200)
    expect((await proxy().put(path, theirs, both)).status).toBe(403)
  })
})

describe('where the Core 2.13 is', () => {
  it('DELETE is taken without a token, and with none that is wrong; nothing else is', async () => {
    const open = await startExampleConfigurations({ isDeleteOpen: true })
    try {
      const path = await open.configured()
      const stranger = { authorization: await exampleBearer(randomUUID()) }
      expect((await open.send('DELETE', path, undefined, stranger)).status).toBe(403)
      const wrong = { authorization: 'Bearer x' }
      expect((await open.send('DELETE', path, undefined, wrong)).status).toBe(401)
      expect((await open.call(path, { method: 'DELETE' })).status).toBe(204)
      expect((await open.call(path, { method: 'PUT', body: '{}' })).status).toBe(401)
    } finally {
      await open.stop()
    }
  })
})

describe('a page of the Core', () => {
  const preflight = (origin: string, path: string) =>
    proxy().call(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT' },
    })

  it('T5: may call from an origin that is allowed', async () => {
    const answer = await preflight(exampleOrigin, tenantPath)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe(exampleOrigin)
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, PUT, PATCH, DELETE')
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization')
    const missing = await proxy().call(pathOf(randomUUID()), { headers: { origin: exampleOrigin } })
    expect(missing.status).toBe(404)
    expect(missing.headers.get('access-control-allow-origin')).toBe(exampleOrigin)
    expect(missing.headers.get('vary')).toMatch(/origin/i)
  })

  it('T5: reads form and configuration without a token, and no secret in them', async () => {
    await proxy().put(tenantPath, tenant)
    for (const path of ['/examplepay/tenants/schema', '/examplepay/services/schema', tenantPath]) {
      const answer = await proxy().call(path, { headers: { origin: exampleOrigin } })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('access-control-allow-origin')).toBe(exampleOrigin)
      expect(await answer.text()).not.toMatch(/key-of-examplepay|a-secret-of-notifications|sealed:/)
    }
  })

  it('may not from any other', async () => {
    const answer = await preflight('https://evil.example', tenantPath)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a connector without a level', () => {
  it.each(['/schema', '', `/${randomUUID()}`, `/${randomUUID()}/history`])(
    'is 404 at /tenants%s',
    async (path) => {
      const answer = await proxy().call(`/otherpay/tenants${path}`)
      expect(answer.status).toBe(404)
      expect((await json(answer))['detail']).toBe('otherpay has nothing to configure for tenants')
    },
  )
})
