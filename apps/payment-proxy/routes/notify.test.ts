import { exampleStory } from '#apps/payment-proxy/example-ports'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  exampleSecrets,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { TransientError } from '#core/errors'

let proxy: ExampleProxy
beforeEach(async () => {
  proxy = await startExampleProxy()
})
afterEach(() => proxy.stop())

const id = exampleId(1)
const paid = {
  code: iudOf(id),
  state: 'PAID',
  transaction_id: 'EP-1',
  paid_at: '2025-03-10T10:01:58+01:00',
  amount: '42.50',
}

const notify = (body: object, secret = exampleSecrets.notify_secret, path = 'examplepay') => {
  const text = JSON.stringify(body)
  const signature = createHmac('sha256', secret).update(text).digest('hex')
  return proxy.call(`/${path}/notify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-examplepay-signature': signature },
    body: text,
  })
}
/** Another tenant, with a service and a secret of its own. */
const addTenant = (notify_secret: string) => {
  const [[, tenant] = [], [, service] = []] = [...proxy.tenants, ...proxy.services]
  const ids = {
    tenant_id: 'b4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a61',
    service_id: '8e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d34',
  }
  const config = JSON.stringify({ base_url: 'http://127.0.0.1:9', api_key: 'k', notify_secret })
  proxy.tenants.set(`examplepay/${ids.tenant_id}`, { ...tenant, ...ids, config })
  proxy.services.set(`examplepay/${ids.service_id}`, { ...service, ...ids })
  return ids
}
const settled = {
  type: 'Settled',
  payment_id: id,
  settled: { transaction_id: 'EP-1', paid_at: '2025-03-10T10:01:58+01:00', amount: 4250 },
}

describe('POST /notify', () => {
  it('makes money a fact, and logs it once without personal values', async () => {
    await proxy.open(id)
    const answer = await notify(paid)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ accepted: 1 })
    expect(proxy.facts).toEqual([settled])
    expect(proxy.headers).toEqual([exampleStory])
    const { tenant_id, service_id, remote_id } = proxy.payments.get(id)!
    const ids = { payment_id: id, remote_id, tenant_id, service_id }
    const request_id = answer.headers.get('x-request-id')
    const fields = { ...ids, request_id, connector: 'examplepay', fact: 'Settled' }
    expect(proxy.logged).toEqual([{ level: 'info', fields }])
  })

  it('is what the sandbox posts when somebody pays', async () => {
    await proxy.open(id)
    await fetch(`${proxy.sandbox.url}/pay-now/${iudOf(id)}`, { method: 'POST' })
    await expect.poll(() => proxy.facts).toMatchObject([{ type: 'Settled', payment_id: id }])
    await expect.poll(() => proxy.sandbox.counters(iudOf(id)).notifications).toBe(1)
  })

  it.each([
    { state: 'CANCELLED', fact: { type: 'Cancelled' } },
    { state: 'EXPIRED', fact: { type: 'Checked', checked: { state: 'expired' } } },
    { state: 'SOMETHING', fact: { type: 'Checked', checked: { state: 'pending' } } },
  ])('takes $state for what it is', async ({ state, fact }) => {
    await proxy.open(id)
    expect((await notify({ ...paid, state })).status).toBe(200)
    expect(proxy.facts).toMatchObject([fact])
  })

  it('takes money for a payment that is over', async () => {
    await proxy.open(id, { status: 'EXPIRED' })
    expect((await notify(paid)).status).toBe(200)
    expect(proxy.facts).toEqual([settled])
  })

  it('believes nothing that is not signed with the tenant’s secret', async () => {
    await proxy.open(id)
    const answer = await notify(paid, 'another-secret-of-length')
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'bad-signature' })
    expect(proxy.facts).toEqual([])
  })

  it.each([
    { scene: 'names no payment', body: { code: 'x' }, status: 422 },
    { scene: 'is not what examplepay sends', body: { iud: iudOf(id) }, status: 422 },
    { scene: 'is too large', body: { ...paid, padding: 'x'.repeat(300_000) }, status: 413 },
  ])('refuses a body that $scene', async ({ body, status }) => {
    await proxy.open(id)
    expect((await notify(body)).status).toBe(status)
    expect(proxy.facts).toEqual([])
  })

  describe('of a payment nobody knows', () => {
    const alarms = 'corrente_errors_total{unit="payment-proxy",origin="external"} 1'
    const refusals =
      'corrente_http_requests_total{app="payment-proxy",method="POST",route="/examplepay/notify",status="401"} 1'
    const metrics = () => proxy.ports.metrics.registry.metrics()

    it('has the sender try again, and alarms, where a tenant’s secret verifies it', async () => {
      const answer = await notify(paid)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(proxy.logged).toMatchObject([{ level: 'error', fields: { payment_ids: [id] } }])
      expect(await metrics()).toContain(alarms)
    })

    it('alarms by the secret of any tenant', async () => {
      addTenant('secret-of-another-one')
      expect((await notify(paid, 'secret-of-another-one')).status).toBe(404)
      expect(proxy.logged).toMatchObject([{ level: 'error' }])
    })

    it.each([
      { scene: 'no secret verifies', body: paid, secret: 'another-secret-of-length' },
      { scene: 'is longer than is verified', body: { ...paid, padding: 'x'.repeat(20_000) } },
    ])('is a warning, counted apart, where $scene', async ({ body, secret }) => {
      const answer = await notify(body, secret)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ code: 'bad-signature' })
      expect(proxy.logged).toMatchObject([{ level: 'warn', fields: { status: 401 } }])
      await expect.poll(metrics).toContain(refusals)
      expect(await metrics()).not.toContain(alarms)
    })

    it('alarms although the configuration of some tenant is no good', async () => {
      addTenant('short')
      expect((await notify(paid)).status).toBe(404)
      expect((await notify(paid, 'short')).status).toBe(401)
    })
  })

  it('lets no tenant speak for another', async () => {
    const other = exampleId(2)
    await proxy.open(id)
    await proxy.open(other)
    proxy.set(other, addTenant('secret-of-another-one'))
    // Named first, so that its secret is the one that is asked for.
    const answer = await notify({ note: iudOf(id), ...paid, code: iudOf(other) })
    expect(answer.status).toBe(403)
    expect(proxy.facts).toEqual([])
  })

  it('says nothing is taken where Kafka has not acknowledged it', async () => {
    await proxy.open(id)
    proxy.failWriting(new TransientError('Kafka did not acknowledge the record: timed out'))
    const answer = await notify(paid)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })
})
