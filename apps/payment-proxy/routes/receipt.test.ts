import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

const paid = async (id: string, status: string) => {
  await proxy.open(id, { status })
  await fetch(`${proxy.sandbox.url}/pay-now/${iudOf(id)}`, { method: 'POST' })
}

describe('GET /receipt/:id', () => {
  it('shows the receipt of a COMPLETE payment', async () => {
    const id = exampleId(1)
    await paid(id, 'COMPLETE')
    const answer = await proxy.call(`/examplepay/receipt/${id}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="receipt-${id}.pdf"`)
    expect((await answer.text()).slice(0, 5)).toBe('%PDF-')
    await expect.poll(() => proxy.facts).toContainEqual({ type: 'ReceiptOpened', payment_id: id })
  })

  it('waits for the index to learn that it is COMPLETE', async () => {
    const id = exampleId(2)
    await paid(id, 'PAYMENT_STARTED')
    setTimeout(() => proxy.set(id, { status: 'COMPLETE' }), 100)
    expect((await proxy.call(`/examplepay/receipt/${id}`)).status).toBe(200)
  })

  it.each(['PAYMENT_PENDING', 'EXPIRED'])('is refused in %s', async (status) => {
    const id = exampleId(3)
    await proxy.open(id, { status })
    const answer = await proxy.call(`/examplepay/receipt/${id}`)
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('is 502 where the intermediary has none yet, and nothing is said to be opened', async () => {
    const id = exampleId(4)
    await proxy.open(id, { status: 'COMPLETE' })
    const answer = await proxy.call(`/examplepay/receipt/${id}`)
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 'examplepay-409' })
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('is 404 of a payment that is not there', async () => {
    expect((await proxy.call(`/examplepay/receipt/${exampleId(9)}`)).status).toBe(404)
  })
})
