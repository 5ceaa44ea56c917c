import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleId, type ExampleProxy, startExampleProxy } from '#apps/payment-proxy/example-proxy'
import { TransientError } from '#core/errors'

let proxy: ExampleProxy
const id = exampleId(1)
beforeAll(async () => {
  proxy = await startExampleProxy()
  await proxy.open(id)
})
afterAll(() => proxy.stop())

const paths = ['online-payment', 'landing', 'notice', 'receipt', 'update']

describe('the payment proxy', () => {
  it.each(paths)('/%s has no effect for HEAD', async (path) => {
    const answer = await proxy.call(`/examplepay/${path}/${id}`, { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET')
    expect(proxy.facts).toEqual([])
  })

  it.each([
    { name: 'sec-purpose', value: 'prefetch;prerender' },
    { name: 'purpose', value: 'prefetch' },
    { name: 'x-moz', value: 'prefetch' },
  ])('is not fetched ahead ($name)', async ({ name, value }) => {
    const headers = { [name]: value }
    const answer = await proxy.call(`/examplepay/online-payment/${id}`, { headers })
    expect(answer.status).toBe(405)
    expect(proxy.facts).toEqual([])
  })

  it.each(paths)('/%s takes a UUID only', async (path) => {
    const answer = await proxy.call(`/examplepay/${path}/5f0c7a52`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  it('finds a payment by an id in upper case', async () => {
    const answer = await proxy.call(`/examplepay/landing/${id.toUpperCase()}`)
    expect(answer.status).toBe(302)
    expect(proxy.facts[0]).toEqual({ type: 'Landed', payment_id: id })
  })

  it.each(['/other/landing/', '/landing/', '/examplepay/pay/'])(
    'serves nothing at %s',
    async (at) => {
      expect((await proxy.call(at + id)).status).toBe(404)
    },
  )

  it('takes notifications by POST only', async () => {
    const answer = await proxy.call('/examplepay/notify')
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
  })

  it('counts by route, so that no id becomes a label', async () => {
    const metrics = async () => (await proxy.call('/metrics')).text()
    await expect
      .poll(metrics)
      .toContain(
        'corrente_http_requests_total{app="payment-proxy",method="GET",route="/examplepay/landing/:id",status="302"} 1',
      )
    expect(await metrics()).not.toContain(id)
  })

  it('redirects nobody whose fact Kafka has not taken', async () => {
    proxy.failWriting(new TransientError('Kafka did not acknowledge the record: timed out'))
    const answer = await proxy.call(`/examplepay/landing/${id}`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('location')).toBeNull()
  })

  it.each([...paths, 'notify'])('/%s asks for patience until the tables are read', async (path) => {
    proxy.unread()
    const init = path === 'notify' ? { method: 'POST', body: id.replaceAll('-', '') } : {}
    const at = path === 'notify' ? path : `${path}/${id}`
    const answer = await proxy.call(`/examplepay/${at}`, init)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ detail: 'the tables are not read yet' })
  })
})
