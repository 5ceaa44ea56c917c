import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { tokenFor } from '#apps/corrente/configure'
import { openScene, type Scene } from '#tests/scene'

let scene: Scene
let close = async (): Promise<void> => undefined
let token = ''
const tenant_id = randomUUID()
const service_id = randomUUID()
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
  token = await tokenFor(tenant_id, scene.secrets.tokenSecret)
})
afterAll(() => close())

/** A call of the Core's page in an administrator's browser. */
const call = (method: string, path: string, body?: object, headers = {}) =>
  fetch(`${scene.addresses.paymentProxy}/examplepay${path}`, {
    method,
    headers: {
      origin: scene.addresses.core,
      ...(body ? { authorization: `Bearer ${token}`, 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const inTime = { timeout: 20_000 }
/** A 504 is repeated, as it says; the same again is no other version. */
const saved = (path: string, body: object) =>
  expect
    .poll(async () => (await call('PUT', path, body)).status, inTime)
    .toSatisfy((status) => status === 200 || status === 201)
const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>
const tenantPath = `/tenants/${tenant_id}`
const servicePath = `/services/${service_id}`
const keysOf = async (path: string) => {
  const { components } = (await json(await call('GET', path))) as { components: { key: string }[] }
  return components.map(({ key }) => key)
}

describe('an administrator', () => {
  it('is shown the forms, and that nothing is configured yet', async () => {
    expect(await keysOf('/tenants/schema')).toContain('api_key')
    expect(await keysOf('/services/schema')).toContain('due_type')
    expect((await call('GET', tenantPath)).status).toBe(404)
    const asked = { 'access-control-request-method': 'PUT' }
    const preflight = await call('OPTIONS', tenantPath, undefined, asked)
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(scene.addresses.core)
  })

  it('saves both, answered once they are seen', async () => {
    const { examplepayKey, notifySecret } = scene.secrets
    await saved(tenantPath, {
      id: tenant_id,
      name: 'Comune di Bugliano',
      tax_identification_number: '00000000000',
      base_url: scene.addresses.examplepay,
      api_key: examplepayKey,
      notify_secret: notifySecret,
      active: true,
    })
    await saved(servicePath, { id: service_id, tenant_id, due_type: 'CANONE', active: true })
    const text = await (await call('GET', tenantPath)).text()
    expect(JSON.parse(text)).toMatchObject({ active: true, api_key: '********' })
    for (const secret of [examplepayKey, notifySecret]) expect(text).not.toContain(secret)
  })

  it('sees a payment taken with them, at once', async () => {
    const application = scene.application('42.50', { tenant_id, service_id })
    await scene.apply(application)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    expect(open.value.app_id).toMatch(/^examplepay-payment-proxy:/)
    await scene.intermediary.pay(open.value.id)
    await scene.reached(application.id, 'COMPLETE')
  })

  it('says where payers are sent, at once', async () => {
    const application = scene.application('42.50', { tenant_id, service_id })
    await scene.apply(application)
    const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')
    const online = String(value.links['online_payment_begin']?.url)
    const roads = [online, online.replace('/online-payment/', '/landing/')]
    const codeOf = async (url: string) => {
      const answer = await fetch(url, { redirect: 'manual' })
      return answer.status === 302 ? 'sent on' : (await json(answer))['code']
    }
    const codes = () => Promise.all(roads.map(codeOf))
    const patched = (allowed_hosts: unknown) =>
      expect
        .poll(async () => (await call('PATCH', tenantPath, { allowed_hosts })).status, inTime)
        .toBe(200)
    await patched(['pay.example'])
    await expect.poll(codes, inTime).toEqual(['host-not-allowed', 'host-not-allowed'])
    await patched(null)
    expect(await codes()).toEqual(['sent on', 'sent on'])
  })

  it('changes a version that is there, and no other', async () => {
    const patched = await call('PATCH', servicePath, { reason: 'Canone' }, { 'if-match': '"1"' })
    expect([patched.status, patched.headers.get('etag')]).toEqual([200, '"2"'])
    const late = await call('PATCH', servicePath, { reason: 'Late' }, { 'if-match': '"1"' })
    expect(late.status).toBe(412)
    const wrong = await call('PUT', servicePath, { tenant_id, due_type: 'CANONE', colour: 'red' })
    expect(await json(wrong)).toMatchObject({ status: 422, pointer: '/colour' })
  })

  it('deletes with a token only; then payments are no longer taken', async () => {
    expect((await call('DELETE', servicePath)).status).toBe(401)
    const authorization = `Bearer ${token}`
    expect((await call('DELETE', servicePath, undefined, { authorization })).status).toBe(204)
    expect(await json(await call('GET', servicePath))).toMatchObject({ active: false })
    const { versions } = await json(await call('GET', `${servicePath}/history`))
    expect(versions).toMatchObject([{ version: 3, active: false }, { version: 2 }, { version: 1 }])
    const application = scene.application('42.50', { tenant_id, service_id })
    await scene.apply(application)
    const created = await scene.reached(application.id, 'CREATION_PENDING')
    const { topic, partition, offset } = created
    await scene.handled('payment-intake', { topic, partition, offset })
    expect(scene.about('payment.facts', created.value.id)).toEqual([])
  })
})
