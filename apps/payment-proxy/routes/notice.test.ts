import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutDocuments } from '#apps/payment-proxy/example-connectors'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

describe('GET /notice/:id', () => {
  it.each([
    { path: 'notice', id: exampleId(1) },
    { path: 'offline-payment', id: exampleId(2) },
  ])('T3: shows the notice at /$path, after the fact', async ({ path, id }) => {
    await proxy.open(id)
    proxy.set(id, { payment_notice_code: '301000000012345678' })
    const answer = await proxy.call(`/examplepay/${path}/${id}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe(
      'inline; filename="301000000012345678.pdf"',
    )
    expect((await answer.text()).slice(0, 5)).toBe('%PDF-')
    expect(proxy.factsOf(id)).toEqual([{ type: 'NoticeOpened', payment_id: id }])
  })

  it('names the file by the payment where there is no notice code', async () => {
    const id = exampleId(3)
    await proxy.open(id)
    const answer = await proxy.call(`/examplepay/notice/${id}`)
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${id}.pdf"`)
  })

  it('is refused where no debt position was opened', async () => {
    const id = exampleId(4)
    await proxy.open(id, { status: 'CREATION_FAILED' })
    expect((await proxy.call(`/examplepay/notice/${id}`)).status).toBe(409)
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('is not offered where neither the intermediary nor a notice code gives one', async () => {
    const id = exampleId(1)
    const other = await startExampleProxy(withoutDocuments)
    await other.open(id)
    const answer = await other.call(`/examplepay/notice/${id}`)
    expect(answer.status).toBe(501)
    expect(await answer.json()).toMatchObject({ detail: 'examplepay offers no notice' })
    expect(other.facts).toEqual([])
    await other.stop()
  })
})
