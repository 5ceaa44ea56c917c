import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  json,
  pathOf,
  secrets,
  service,
  tenant,
  tenantPath,
  exampleConfigurations,
} from '#apps/payment-proxy/example-configurations'

const proxy = exampleConfigurations()

describe('a configuration', () => {
  it('T4: is 404, then put although it was never made, then shown with its secrets masked', async () => {
    expect((await proxy().call(tenantPath)).status).toBe(404)
    const made = await proxy().put(tenantPath, tenant)
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(tenantPath)
    const shown = await proxy().call(tenantPath)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('etag')).toBe('"1"')
    const text = await shown.text()
    expect(JSON.parse(text)).toEqual({
      id: proxy().tenant_id,
      ...tenant,
      timeout_ms: 3_000,
      api_key: '********',
      notify_secret: '********',
    })
    expect(await made.json()).toEqual(JSON.parse(text))
  })

  it('has its secrets sealed in the command, and never logged', () => {
    const told = JSON.stringify([proxy().keeper.commands, proxy().logged])
    expect(proxy().keeper.commands.at(-1)?.config).toContain('sealed:1:example:')
    for (const value of Object.values(secrets)) expect(told).not.toContain(value)
  })

  it('keeps the secrets that a PUT leaves out, leaves blank, or gives as their mask', async () => {
    const before = String(proxy().tenants.get(`examplepay/${proxy().tenant_id}`)!['config'])
    const { api_key: _, ...rest } = tenant
    const answer = await proxy().put(tenantPath, {
      ...rest,
      notify_secret: '********',
      name: 'Bugliano',
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).toBe('"2"')
    const after = String(proxy().tenants.get(`examplepay/${proxy().tenant_id}`)!['config'])
    expect(after).toBe(before.replace('Comune di Bugliano', 'Bugliano'))
    expect((await proxy().put(tenantPath, { ...tenant, api_key: '' })).status).toBe(200)
  })

  it('is no new version where nothing changed, secrets given again included', async () => {
    const version = (await proxy().put(tenantPath, tenant)).headers.get('etag')
    const sent = proxy().keeper.commands.length
    const again = await proxy().put(tenantPath, { ...tenant, id: proxy().tenant_id.toUpperCase() })
    expect([again.status, again.headers.get('etag')]).toEqual([200, version])
    expect(proxy().keeper.commands).toHaveLength(sent)
  })

  it('is saved as a form gives it, fields nobody filled in included', async () => {
    const path = await proxy().configured({
      ...service,
      reason: '',
      iban: null,
      receiver: { name: '' },
      split: [{}],
    })
    expect(await json(await proxy().call(path))).toMatchObject({ payment_type: 'PAGOPA' })
    expect(await json(await proxy().call(path))).not.toHaveProperty('split')
  })

  it('is changed in part', async () => {
    const path = await proxy().configured({ ...service, reason: 'Canone' })
    const answer = await proxy().send(
      'PATCH',
      path,
      { reason: null, amount: '12.50' },
      {
        'content-type': 'application/merge-patch+json',
        'if-match': '"1"',
      },
    )
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"'])
    const shown = await json(answer)
    expect(shown).toMatchObject({ amount: 12.5, due_type: 'CANONE' })
    expect(shown).not.toHaveProperty('reason')
    expect((await proxy().send('PATCH', pathOf(randomUUID()), {})).status).toBe(404)
  })

  it('loses a secret by PATCH with null only, which a form may refuse', async () => {
    const answer = await proxy().send('PATCH', tenantPath, { api_key: null })
    expect(answer.status).toBe(422)
    expect(await json(answer)).toMatchObject({ pointer: '/api_key' })
  })

  it('is deleted softly, again and again, and comes back by a PUT', async () => {
    const path = await proxy().configured()
    for (let time = 1; time <= 2; time += 1) {
      const answer = await proxy().send('DELETE', path)
      expect([answer.status, answer.headers.get('etag')]).toEqual([204, '"2"'])
    }
    expect(await json(await proxy().call(path))).toMatchObject({
      active: false,
      due_type: 'CANONE',
    })
    expect((await proxy().put(path, service)).headers.get('etag')).toBe('"3"')
    expect(await json(await proxy().call(path))).toMatchObject({ active: true })
    expect((await proxy().send('DELETE', pathOf(randomUUID()))).status).toBe(404)
  })

  it('T4: is made by POST, too, once, with an id of its own where none is given', async () => {
    const made = await proxy().send('POST', '/examplepay/services', service)
    expect(made.status).toBe(201)
    const { id } = await json(made)
    expect(made.headers.get('location')).toBe(pathOf(String(id)))
    const again = await proxy().send('POST', '/examplepay/services', { ...service, id })
    expect(again.status).toBe(409)
    const strange = await proxy().send('POST', '/examplepay/services', { ...service, id: 'x' })
    expect(await json(strange)).toMatchObject({ status: 422, pointer: '/id' })
  })

  it('tells what it was, the newest first', async () => {
    const path = await proxy().configured()
    await proxy().put(path, { ...service, reason: 'Canone' })
    await proxy().send('DELETE', path)
    const { versions, total } = await json(await proxy().call(`${path}/history`))
    expect(total).toBe(3)
    expect(versions).toMatchObject([
      { version: 3, active: false, config: { reason: 'Canone' } },
      { version: 2, active: true },
      { version: 1, active: true },
    ])
    const one = await json(await proxy().call(`${path}/history?offset=1&limit=1`))
    expect(one['versions']).toMatchObject([{ version: 2 }])
    expect((await proxy().call(`${path}/history?limit=x`)).status).toBe(400)
    expect((await proxy().call(`${pathOf(randomUUID())}/history`)).status).toBe(404)
    const ofTenant = await (await proxy().call(`${tenantPath}/history`)).text()
    expect(ofTenant).toContain('"api_key":"********"')
    for (const value of [...Object.values(secrets), 'sealed:'])
      expect(ofTenant).not.toContain(value)
  })
})
