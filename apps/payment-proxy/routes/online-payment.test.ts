import { exampleStory } from '#apps/payment-proxy/example-ports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { examplepay } from '#connectors/examplepay/index'
import type { IntermediaryConnector, OnlinePayment } from '#ports/intermediary'
import { samplePayment } from '#streams/payments/samples'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

const go = (id: string) => proxy.call(`/examplepay/online-payment/${id}`)

describe('GET /online-payment/:id', () => {
  it.each([
    { status: 'PAYMENT_PENDING', id: exampleId(1) },
    { status: 'PAYMENT_STARTED', id: exampleId(2) },
  ])('sends the payer on in $status, after the fact', async ({ status, id }) => {
    await proxy.open(id, { status })
    const answer = await go(id)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${proxy.sandbox.url}/pay/`))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(proxy.factsOf(id)).toEqual([{ type: 'OnlineOpened', payment_id: id }])
    expect(proxy.headers.at(-1)).toEqual(exampleStory)
  })

  it.each(['COMPLETE', 'EXPIRED', 'CREATION_FAILED'])('is refused in %s', async (status) => {
    const id = exampleId(3)
    await proxy.open(id, { status })
    const answer = await go(id)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({
      title: 'Conflict',
      detail: `the payment is ${status}; it is paid in PAYMENT_PENDING or PAYMENT_STARTED`,
      instance: `/examplepay/online-payment/${id}`,
    })
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('waits for the index, which may lag behind the link', async () => {
    const id = exampleId(4)
    await proxy.open(id, { status: 'CREATION_PENDING' })
    setTimeout(() => proxy.set(id, { status: 'PAYMENT_PENDING' }), 100)
    expect((await go(id)).status).toBe(302)
  })

  it('knows after a while that there is no such payment', async () => {
    const answer = await go(exampleId(5))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      detail: `examplepay serves no payment ${exampleId(5)}`,
    })
  })

  it('writes no fact where the intermediary refuses', async () => {
    const id = exampleId(6)
    await proxy.open(id)
    proxy.set(id, { payment_iud: iudOf(exampleId(7)) })
    const answer = await go(id)
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 'examplepay-404' })
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('begins anew at each click: a session that ran out is nobody’s dead end', async () => {
    const id = exampleId(8)
    await proxy.open(id)
    const pages = [await go(id), await go(id)].map((answer) => answer.headers.get('location'))
    expect(new Set(pages).size).toBe(2)
    expect(proxy.factsOf(id).map(({ type }) => type)).toEqual(['OnlineOpened', 'OnlineOpened'])
  })

  it('tells the intermediary what is to be paid, by whom, and where the payer comes back to', async () => {
    const asked: OnlinePayment[] = []
    const connect: IntermediaryConnector['connect'] = (configuration) => ({
      ...examplepay.connect(configuration),
      beginOnlinePayment: async (payment) => {
        asked.push(payment)
        return { url: 'http://127.0.0.1:9/pay' }
      },
    })
    const other = await startExampleProxy({ ...examplepay, connect })
    const id = exampleId(1)
    await other.open(id)
    other.set(id, {
      payment_iuv: '01000000012345688',
      payment_pagopa_category: '9/12129TS/',
      payment_document_hash: 'sha256:0f',
    })
    const { payment_expire_at: expire_at, online_payment_begin_url: link } =
      other.payments.get(id) ?? {}
    expect((await other.call(`/examplepay/online-payment/${id}`)).status).toBe(302)
    const base = String(link).replace(`/online-payment/${id}`, '')
    const addresses = { landing: `${base}/landing/${id}`, notify: `${base}/notify` }
    const sum = { amount: 4250, currency: 'EUR' }
    const { reason, created_at, payer } = samplePayment()
    const stamp = { pagopa_category: '9/12129TS/', document_hash: 'sha256:0f' }
    const debt = { expire_at, reason, created_at, payer, ...stamp }
    expect(asked).toEqual([
      { iud: iudOf(id), iuv: '01000000012345688', ...sum, ...debt, addresses },
    ])
    await other.stop()
  })

  it('is answered in time where the intermediary is not', async () => {
    const connect: IntermediaryConnector['connect'] = (configuration) => ({
      ...examplepay.connect(configuration),
      beginOnlinePayment: () => new Promise(() => undefined),
    })
    const other = await startExampleProxy({ ...examplepay, connect })
    const id = exampleId(1)
    await other.open(id)
    const answer = await other.call(`/examplepay/online-payment/${id}`)
    expect(answer.status).toBe(504)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(other.facts).toEqual([])
    await other.stop()
  })

  it.each([
    { url: 'javascript:alert(1)', code: 'no-web-url' },
    { url: 'ftp://pay.example/1', code: 'no-web-url' },
    { url: 'not an address', code: 'no-web-url' },
    { url: 'https://evil.example/pay/1', code: 'host-not-allowed' },
    { url: 'http://169.254.169.254/pay/1', code: 'link-local-host' },
  ])('writes no fact where the page to pay at is $url', async ({ url, code }) => {
    const connect: IntermediaryConnector['connect'] = (configuration) => ({
      ...examplepay.connect(configuration),
      beginOnlinePayment: () => Promise.resolve({ url }),
    })
    const other = await startExampleProxy({ ...examplepay, connect })
    const id = exampleId(1)
    await other.open(id)
    const answer = await other.call(`/examplepay/online-payment/${id}`)
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code })
    expect(answer.headers.get('location')).toBeNull()
    expect(other.facts).toEqual([])
    await other.stop()
  })
})
