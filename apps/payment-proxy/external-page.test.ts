import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleHosts,
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { externalPage } from '#connectors/external-page/index'
import {
  type ExternalPageSandbox,
  startExternalPageSandbox,
} from '#connectors/external-page/sandbox'

const signing_secret = 'example-secret-of-the-page-01234567'
const id = exampleId(1)

let proxy: ExampleProxy
let page: ExternalPageSandbox
beforeEach(async () => {
  page = await startExternalPageSandbox({ signing_secret })
  proxy = await startExampleProxy(externalPage)
  configure({ allowed_hosts: exampleHosts })
  await proxy.open(id)
})
afterEach(() => Promise.all([proxy.stop(), page.stop()]))

/** Serves the payments of the example by the page. */
function configure(changes: object): void {
  for (const [rows, form] of [
    [
      proxy.tenants,
      { page_url: page.pageUrl, status_url: page.statusUrl, signing_secret, ...changes },
    ],
    [proxy.services, { description: 'Canone unico' }],
  ] as const) {
    for (const [key, row] of rows) rows.set(key, { ...row, config: JSON.stringify(form) })
  }
}

const begin = () => proxy.call(`/external-page/online-payment/${id}`)
const factTypes = () => proxy.factsOf(id).map(({ type }) => type)
const told = {
  iud: iudOf(id),
  state: 'PAID',
  transaction_id: 'XP-1',
  paid_at: '2025-03-10T10:01:58+01:00',
  amount: '42.50',
  currency: 'EUR',
}
const signed = (body: string, secret = signing_secret) => {
  const time = Math.floor(Date.now() / 1_000)
  const nonce = randomUUID()
  const signature = createHmac('sha256', secret).update(`notify\n${time}\n${nonce}\n${body}`)
  return `t=${time},n=${nonce},s=${signature.digest('hex')}`
}
const notify = (body: string, signature = signed(body)) =>
  proxy.call('/external-page/notify', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-external-page-signature': signature },
    body,
  })

describe('a payment at an external page', () => {
  it('leads to the page and back, and its money becomes a fact', async () => {
    const answer = await begin()
    expect(answer.status).toBe(302)
    const url = answer.headers.get('location') ?? ''
    expect(await (await fetch(url)).text()).toContain('€ 42.50')
    const paid = await fetch(url, { method: 'POST', redirect: 'manual' })
    const back = new URL(paid.headers.get('location') ?? '')
    expect(back.pathname).toBe(`/external-page/landing/${id}`)
    expect((await proxy.call(back.pathname)).status).toBe(302)
    const types = ['OnlineOpened', 'Landed', 'Settled']
    await expect.poll(factTypes).toEqual(expect.arrayContaining(types))
    expect(proxy.factsOf(id)).toContainEqual(
      expect.objectContaining({
        type: 'Settled',
        settled: expect.objectContaining({ amount: 4250 }) as unknown,
      }),
    )
    await expect.poll(() => page.counters(iudOf(id)).notifications).toBe(1)
  })

  it('is asked about at the page, where nobody was there yet, and where somebody has paid', async () => {
    const other = exampleId(2)
    await proxy.open(other)
    const begun = await proxy.call(`/external-page/online-payment/${other}`)
    await fetch(begun.headers.get('location') ?? '')
    await fetch(`${page.url}/pay-now/${iudOf(other)}`, { method: 'POST' })
    for (const [asked, settlement] of [
      [id, 'pending'],
      [other, 'settled'],
    ] as const) {
      const answer = await proxy.call(`/external-page/update/${asked}`)
      expect(await answer.json()).toMatchObject({ settlement })
    }
    expect(proxy.factsOf(id)).toMatchObject([{ checked: { state: 'pending' } }])
  })

  it('leads nowhere that the public body does not allow', async () => {
    configure({ allowed_hosts: ['pay.example'] })
    const answer = await begin()
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 'host-not-allowed' })
    expect(answer.headers.get('location')).toBeNull()
    expect(proxy.facts).toEqual([])
  })

  it('leads nowhere that nobody would come back from', async () => {
    proxy.set(id, { online_payment_begin_url: 'https://elsewhere.example/pay/1' })
    const answer = await begin()
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 'addresses-missing' })
    expect(proxy.facts).toEqual([])
  })

  it('has no notice and no receipt', async () => {
    expect((await proxy.call(`/external-page/notice/${id}`)).status).toBe(501)
    proxy.set(id, { status: 'COMPLETE' })
    expect((await proxy.call(`/external-page/receipt/${id}`)).status).toBe(501)
  })
})

describe('a callback of an external page', () => {
  it('is taken once: played again it is refused', async () => {
    const body = JSON.stringify(told)
    const signature = signed(body)
    expect((await notify(body, signature)).status).toBe(200)
    expect((await notify(body, signature)).status).toBe(401)
    expect(factTypes()).toEqual(['Settled'])
  })

  it('that is forged is refused', async () => {
    const body = JSON.stringify(told)
    const answer = await notify(body, signed(body, 'whoever does not know the secret'))
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'bad-signature' })
    expect(proxy.facts).toEqual([])
  })

  it('tells the sum that came, whatever was asked for', async () => {
    expect((await notify(JSON.stringify({ ...told, amount: '42.51' }))).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([{ settled: { amount: 4251 } }])
  })

  it('of another currency settles nothing', async () => {
    const answer = await notify(JSON.stringify({ ...told, currency: 'CHF' }))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'other-currency' })
    expect(proxy.facts).toEqual([])
  })

  it('with a word nobody knows changes nothing', async () => {
    expect((await notify(JSON.stringify({ iud: told.iud, state: 'WHATEVER' }))).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: { state: 'pending' } }])
  })
})
