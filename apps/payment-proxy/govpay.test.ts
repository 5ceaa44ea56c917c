import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleHosts,
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { govpay } from '#connectors/govpay/index'
import { type GovpaySandbox, sandboxNames, startGovpaySandbox } from '#connectors/govpay/sandbox'
import { samplePayment } from '#streams/payments/samples'

const password = 'example-password'
const notifier = { username: 'govpay', password: 'example-notify-password' }
const id = exampleId(1)

let proxy: ExampleProxy
let sandbox: GovpaySandbox
beforeEach(async () => {
  sandbox = await startGovpaySandbox({ password })
  proxy = await startExampleProxy(govpay)
  for (const [rows, form] of [
    [proxy.tenants, { ...tenant(), allowed_hosts: exampleHosts }],
    [proxy.services, service],
  ] as const) {
    for (const [key, row] of rows) {
      rows.set(key, { ...row, connector: 'govpay', config: JSON.stringify(form) })
    }
  }
  await open(id)
})
afterEach(() => Promise.all([proxy.stop(), sandbox.stop()]))

const service = { due_type: 'CANONE', revenue_code: 'CANONE' }
const tenant = () => ({
  base_url: sandbox.url,
  ...sandboxNames,
  password,
  notify_username: notifier.username,
  notify_password: notifier.password,
})

/** Opens the debt at GovPay, too, and has it report to the proxy. */
async function open(payment_id: string, cents = 4250, version: 'v1' | 'v2' = 'v2') {
  await proxy.open(payment_id, { cents })
  const { online_payment_begin_url } = proxy.payments.get(payment_id) as Record<string, string>
  const { origin } = new URL(online_payment_begin_url!)
  sandbox.notifyTo({ ...notifier, url: `${origin}/govpay/notify`, version })
  const sample = samplePayment()
  const details = { ...sample.payment, iud: iudOf(payment_id), amount: cents, split: [] }
  const configuration = { tenant: tenant(), service }
  const request = govpay.composeOpening({ ...sample, payment: details }, configuration)
  const addresses = { landing: `${origin}/landing`, notify: `${origin}/notify` }
  return govpay.connect(configuration).openDebtPosition(request, addresses)
}

const payNow = (payment_id = id) =>
  fetch(`${sandbox.url}/pay-now/${iudOf(payment_id)}`, { method: 'POST' })
const factTypes = (payment_id = id) => proxy.factsOf(payment_id).map(({ type }) => type)
const notifiedTimes = (payment_id = id) => sandbox.counters(iudOf(payment_id)).notifications
const ricevuta = {
  dominio: { idDominio: sandboxNames.domain_id },
  iuv: '01000000012345688',
  idRicevuta: 'receipt-1',
  importo: 42.5,
  esito: 'ESEGUITO',
  dataPagamento: '2025-03-10T10:01:58',
  pendenza: { idA2A: sandboxNames.application_id, idPendenza: iudOf(id) },
}
const put = (changes: object = {}, { username, password: shown } = notifier) =>
  proxy.call(`/govpay/notify/ricevute/${sandboxNames.domain_id}/01000000012345688/receipt-1`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${username}:${shown}`).toString('base64')}`,
    },
    body: JSON.stringify({ ...ricevuta, ...changes }),
  })

describe('a payment at GovPay', { timeout: 20_000 }, () => {
  it('leads to the page and back, and its money becomes a fact', async () => {
    const answer = await proxy.call(`/govpay/online-payment/${id}`)
    expect(answer.status).toBe(302)
    const url = answer.headers.get('location') ?? ''
    expect(await (await fetch(url)).text()).toContain('€ 42.50')
    const paid = await fetch(url, { method: 'POST', redirect: 'manual' })
    const back = new URL(paid.headers.get('location') ?? '')
    expect(back.pathname).toBe(`/govpay/landing/${id}`)
    expect((await proxy.call(back.pathname + back.search)).status).toBe(302)
    const types = ['OnlineOpened', 'Landed', 'Settled']
    await expect.poll(factTypes).toEqual(expect.arrayContaining(types))
    expect(proxy.factsOf(id)).toContainEqual(
      expect.objectContaining({
        type: 'Settled',
        settled: expect.objectContaining({ amount: 4250 }) as unknown,
      }),
    )
    await expect.poll(notifiedTimes).toBe(1)
  })

  it('is asked about, before and after somebody has paid', async () => {
    const other = exampleId(2)
    await open(other)
    sandbox.notifyTo(undefined)
    await payNow(other)
    for (const [asked, settlement] of [
      [id, 'pending'],
      [other, 'settled'],
    ] as const) {
      const answer = await proxy.call(`/govpay/update/${asked}`)
      expect(await answer.json()).toMatchObject({ settlement })
    }
    expect(proxy.factsOf(id)).toMatchObject([{ checked: { state: 'pending' } }])
  })

  it('has a notice, and a receipt once it is paid', async () => {
    // The first document of a process loads its fonts: on a busy machine GovPay has no answer in time.
    const typeAt = async (path: string) => (await proxy.call(path)).headers.get('content-type')
    const isPdf = (path: string) =>
      expect.poll(() => typeAt(path), { timeout: 15_000 }).toBe('application/pdf')
    await isPdf(`/govpay/notice/${id}`)
    await payNow()
    proxy.set(id, { status: 'COMPLETE' })
    await isPdf(`/govpay/receipt/${id}`)
  })
})

describe('a notification of GovPay', { timeout: 20_000 }, () => {
  it('of version 1 is nothing at the start of an attempt, and the money at its end', async () => {
    const other = exampleId(3)
    await open(other, 4250, 'v1')
    const answer = await proxy.call(`/govpay/online-payment/${other}`)
    await expect.poll(() => notifiedTimes(other)).toBe(1)
    expect(factTypes(other)).toEqual(['OnlineOpened'])
    await fetch(answer.headers.get('location') ?? '', { method: 'POST', redirect: 'manual' })
    await expect.poll(() => notifiedTimes(other)).toBe(2)
    expect(factTypes(other)).toEqual(['OnlineOpened', 'Settled'])
  })

  it('that comes again is taken again, as the same transaction', async () => {
    for (const status of [200, 200]) expect((await put()).status).toBe(status)
    const transaction = { type: 'Settled', settled: { transaction_id: 'receipt-1' } }
    expect(proxy.factsOf(id)).toMatchObject([transaction, transaction])
  })

  it('that comes three times at once is taken each time', async () => {
    const other = exampleId(4)
    await open(other, 4233)
    await payNow(other)
    await expect.poll(() => notifiedTimes(other)).toBe(3)
    expect(new Set(factTypes(other))).toEqual(new Set(['Settled']))
  })

  it('without the credentials agreed on is refused', async () => {
    const answer = await put({}, { ...notifier, password: 'another-notify-password' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'bad-signature' })
    expect(proxy.facts).toEqual([])
  })

  it('tells the sum that came, whatever was asked for', async () => {
    expect((await put({ importo: 42.51 })).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([{ settled: { amount: 4251 } }])
  })

  it('of money for another body settles nothing', async () => {
    const answer = await put({ dominio: { idDominio: '99999999990' } })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'other-creditor' })
    expect(proxy.facts).toEqual([])
  })

  it('with a word nobody knows changes nothing', async () => {
    expect((await put({ esito: 'WHATEVER' })).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: { state: 'pending' } }])
  })

  it('of a payment we do not serve is to be tried again', async () => {
    const pendenza = { ...ricevuta.pendenza, idPendenza: iudOf(exampleId(9)) }
    expect((await put({ pendenza })).status).toBe(404)
    expect(proxy.facts).toEqual([])
  })
})
