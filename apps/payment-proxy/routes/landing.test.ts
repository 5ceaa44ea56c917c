import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

const id = exampleId(1)

describe('GET /landing/:id', () => {
  it.each(['PAYMENT_STARTED', 'COMPLETE'])('sends the payer back in %s', async (status) => {
    await proxy.open(id, { status })
    const page = String(proxy.payments.get(id)?.['online_payment_landing_url'])
    const answer = await proxy.call(`/examplepay/landing/${id}?outcome=ok`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(page)
    expect(proxy.facts.at(-1)).toEqual({ type: 'Landed', payment_id: id })
  })

  it.each([
    { url: null, status: 404 },
    { url: 'javascript:alert(1)', status: 502 },
  ])('goes nowhere where the page is $url', async ({ url, status }) => {
    await proxy.open(id)
    proxy.set(id, { online_payment_landing_url: url })
    const answer = await proxy.call(`/examplepay/landing/${id}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toBeNull()
  })
})
