import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

describe('GET /landing/:id', () => {
  it.each([
    { status: 'PAYMENT_STARTED', id: exampleId(1) },
    { status: 'COMPLETE', id: exampleId(2) },
  ])('sends the payer back in $status, after the fact', async ({ status, id }) => {
    await proxy.open(id, { status })
    const page = String(proxy.payments.get(id)?.['online_payment_landing_url'])
    const answer = await proxy.call(`/examplepay/landing/${id}?outcome=ok`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(page)
    expect(proxy.factsOf(id)).toEqual([{ type: 'Landed', payment_id: id }])
  })

  it.each([
    { url: null, status: 404, id: exampleId(3) },
    { url: 'javascript:alert(1)', status: 502, id: exampleId(4) },
    { url: '/a/path', status: 502, id: exampleId(5) },
  ])('goes nowhere where the page is $url, and says nobody landed', async (given) => {
    const { url, status, id } = given
    await proxy.open(id)
    proxy.set(id, { online_payment_landing_url: url })
    const answer = await proxy.call(`/examplepay/landing/${id}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toBeNull()
    expect(proxy.factsOf(id)).toEqual([])
  })
})
