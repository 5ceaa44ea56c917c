import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  exampleSecrets,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeEach(async () => {
  proxy = await startExampleProxy()
})
afterEach(() => proxy.stop())

/** What was noted of a payment, each exchange in a few words. */
const noted = (id: string) =>
  proxy.exchanges
    .filter(({ payment_id }) => payment_id === id)
    .map(({ direction, method, path, status }) => `${direction} ${method} ${path} ${status}`)

async function notify(id: string, secret = exampleSecrets.notify_secret) {
  const told = { code: iudOf(id), state: 'PAID', transaction_id: 'T-1', amount: '42.50' }
  const body = JSON.stringify({ ...told, paid_at: '2025-03-10T09:20:00+01:00' })
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'x-examplepay-signature': signature, 'content-type': 'application/json' }
  return (await proxy.call('/examplepay/notify', { method: 'POST', headers, body })).status
}

describe('what the proxy exchanges with an intermediary', () => {
  it('is noted of the payment it is about, whoever asked for it', async () => {
    const id = exampleId(1)
    const at = `/pendencies/${iudOf(id)}`
    await proxy.open(id)
    await proxy.open(exampleId(2))
    await proxy.call(`/examplepay/notice/${id}`)
    await proxy.call(`/examplepay/online-payment/${id}`)
    await proxy.call(`/examplepay/update/${id}`)
    expect(noted(id)).toEqual([
      `out GET ${at}/notice.pdf 200`,
      `out POST ${at}/sessions 200`,
      `out GET ${at} 200`,
    ])
    expect(noted(exampleId(2))).toEqual([])
    expect(proxy.exchanges.at(-1)).toMatchObject({
      connector: 'examplepay',
      response_body: expect.stringContaining('"state":"UNPAID"') as string,
    })
    const kept = JSON.stringify(proxy.exchanges)
    for (const text of ['Prova', 'PRVLCU', exampleSecrets.api_key]) expect(kept).not.toContain(text)
  })

  it('may come from there, and is noted once it is answered', async () => {
    const id = exampleId(3)
    await proxy.open(id)
    expect(await notify(id)).toBe(200)
    await expect.poll(() => noted(id)).toEqual(['in POST /examplepay/notify 200'])
    expect(proxy.exchanges).toMatchObject([
      { host: 'payment-proxy', request_type: 'application/json' },
    ])
  })

  it('is noted of no payment where nobody of ours has signed it', async () => {
    const id = exampleId(4)
    await proxy.open(id)
    expect(await notify(id, 'a-secret-of-somebody')).toBe(401)
    expect(noted(id)).toEqual([])
  })
})
