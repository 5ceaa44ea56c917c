import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleBearer, exampleOrigin } from '#apps/payment-proxy/example-access'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'
import { samplePayment } from '#streams/payments/samples'

let proxy: ExampleProxy
let authorization: string
beforeAll(async () => {
  proxy = await startExampleProxy()
  authorization = await exampleBearer(samplePayment().tenant_id)
})
afterAll(() => proxy.stop())

const retry = (id: string, headers: Record<string, string> = { authorization }) =>
  proxy.call(`/examplepay/retry/${id}`, { method: 'POST', headers })

describe('POST /retry/:id', () => {
  it('asks that a failed creation is tried again, each time it is asked', async () => {
    const id = exampleId(1)
    await proxy.open(id, { status: 'CREATION_FAILED' })
    for (const times of [1, 2]) {
      const answer = await retry(id)
      expect(answer.status).toBe(202)
      const { remote_id } = samplePayment()
      expect(await answer.json()).toEqual({ id, remote_id, status: 'CREATION_FAILED' })
      const fact = { type: 'RetryRequested', payment_id: id }
      expect(proxy.factsOf(id)).toEqual(Array.from({ length: times }, () => fact))
    }
  })

  it.each([
    ['PAYMENT_PENDING', exampleId(2)],
    ['COMPLETE', exampleId(3)],
    ['EXPIRED', exampleId(4)],
  ])('refuses a payment that is %s', async (status, id) => {
    await proxy.open(id, { status })
    const answer = await retry(id)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({
      detail: `the payment is ${status}; only a failed creation is tried again`,
    })
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('takes it from nobody but who speaks for the public body', async () => {
    const id = exampleId(5)
    await proxy.open(id, { status: 'CREATION_FAILED' })
    const stranger = { authorization: await exampleBearer(randomUUID()) }
    expect((await retry(id, {})).status).toBe(401)
    expect((await retry(id, stranger)).status).toBe(403)
    expect((await proxy.call(`/examplepay/retry/${id}`)).status).toBe(405)
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('knows no payment but those it serves', async () => {
    expect((await retry(exampleId(6))).status).toBe(404)
    expect((await retry('1')).status).toBe(400)
  })

  it('answers a page of the Core', async () => {
    const answer = await proxy.call(`/examplepay/retry/${exampleId(1)}`, {
      method: 'OPTIONS',
      headers: { origin: exampleOrigin, 'access-control-request-method': 'POST' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST')
  })
})
