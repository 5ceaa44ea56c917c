import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleHosts,
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { mypay } from '#connectors/mypay/index'
import { type MypaySandbox, startMypaySandbox } from '#connectors/mypay/sandbox'
import { exampleAddresses, examplePayment } from '#sandboxes/example-payment'

const notify_secret = 'example-notify-secret'
const body = { ipa_code: 'C_BUG', password: 'prova-prova' }
const id = exampleId(1)
const iud = iudOf(id)

let proxy: ExampleProxy
let sandbox: MypaySandbox
beforeEach(async () => {
  proxy = await startExampleProxy(mypay)
  await proxy.open(id)
  const link = String(proxy.payments.get(id)?.['online_payment_begin_url'])
  const notify_url = link.replace(/online-payment.*$/, 'notify')
  sandbox = await startMypaySandbox({ ...body, notify_secret, notify_url })
  const { tenant, service } = configuration()
  for (const [rows, form] of [
    [proxy.tenants, tenant],
    [proxy.services, service],
  ] as const) {
    for (const [key, row] of rows) rows.set(key, { ...row, config: JSON.stringify(form) })
  }
  await owe()
})
afterEach(() => Promise.all([proxy.stop(), sandbox.stop()]))

const configuration = () => ({
  tenant: {
    tax_identification_number: '01234567897',
    base_url: sandbox.endpoint,
    ...body,
    segregation_code: '99',
    notify_secret,
    allowed_hosts: exampleHosts,
  },
  service: { due_type: 'CANONE_UNICO' },
})

/** Puts the payment's due in at the sandbox, as the worker did before there was a link. */
const owe = async () => {
  const payment = examplePayment({ iud, amount: 4250, pagopa_category: '9/0101002IM/' })
  const request = mypay.composeOpening(payment, configuration())
  const opened = await mypay.connect(configuration()).openDebtPosition(request, exampleAddresses)
  proxy.set(id, { payment_iuv: opened.iuv })
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const pagati = (dues: readonly string[], code = '0', creditor = '01234567897') =>
  base64(
    '<Pagati xmlns="http://www.regione.veneto.it/schemas/2012/Pagamenti/Ente/">' +
      `<dominio><identificativoDominio>${creditor}</identificativoDominio></dominio>` +
      `<datiPagamento><codiceEsitoPagamento>${code}</codiceEsitoPagamento>` +
      '<identificativoUnivocoVersamento>99010000000000042</identificativoUnivocoVersamento>' +
      dues.map(itemOf).join('') +
      '</datiPagamento></Pagati>',
  )
const itemOf = (dueId: string) =>
  `<datiSingoloPagamento><identificativoUnivocoDovuto>${dueId}</identificativoUnivocoDovuto>` +
  '<singoloImportoPagato>42.50</singoloImportoPagato>' +
  '<dataEsitoSingoloPagamento>2025-03-11</dataEsitoSingoloPagamento>' +
  '<identificativoUnivocoRiscossione>MP-1</identificativoUnivocoRiscossione>' +
  '</datiSingoloPagamento>'
const token = (secret = notify_secret) => {
  const signed = ['{"alg":"HS512"}', '{"iss":"mypay"}']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
  return `${signed}.${createHmac('sha512', secret).update(signed).digest('base64url')}`
}
const notify = (esito: string, authorization = `Bearer ${token()}`) =>
  proxy.call('/mypay/notify', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ rt: null, esito }),
  })
const factTypes = () => proxy.factsOf(id).map(({ type }) => type)
const settled = { type: 'Settled', settled: { amount: 4250, transaction_id: 'MP-1' } }

describe('a payment at MyPay', () => {
  it('leads to a page and back, and its money becomes a fact', async () => {
    const begun = await proxy.call(`/mypay/online-payment/${id}`)
    expect(begun.status).toBe(302)
    const url = begun.headers.get('location') ?? ''
    expect(await (await fetch(url)).text()).toContain('€ 42.50')
    const paid = await fetch(url, { method: 'POST', redirect: 'manual' })
    const back = new URL(paid.headers.get('location') ?? '')
    expect(back.pathname).toBe(`/mypay/landing/${id}`)
    const landed = await proxy.call(back.pathname + back.search)
    expect(landed.status).toBe(302)
    const types = ['OnlineOpened', 'Landed', 'Settled']
    await expect.poll(factTypes).toEqual(expect.arrayContaining(types))
    await expect.poll(() => sandbox.counters(iud).notifications).toBe(1)
  })

  it('is as it was for whoever comes back and says that it was paid', async () => {
    const landed = await proxy.call(`/mypay/landing/${id}?esito=OK&idSession=x&pollingToken=y`)
    expect(landed.status).toBe(302)
    await expect.poll(factTypes).toContain('Checked')
    expect(factTypes()).not.toContain('Settled')
  })

  it('has a notice, out of an archive, and no receipt', async () => {
    const notice = await proxy.call(`/mypay/notice/${id}`)
    expect(notice.headers.get('content-type')).toContain('application/pdf')
    expect(await notice.text()).toMatch(/^%PDF-/)
    proxy.set(id, { status: 'COMPLETE' })
    expect((await proxy.call(`/mypay/receipt/${id}`)).status).toBe(501)
  })
})

describe('a notification of MyPay', () => {
  it.each([1, 2])('becomes a fact, its document in base64 %i times', async (times) => {
    const once = pagati([iud])
    expect((await notify(times === 1 ? once : base64(once))).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([settled])
  })

  it('that comes again is taken again: it says the same', async () => {
    for (const _ of [1, 2]) expect((await notify(pagati([iud]))).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([settled, settled])
  })

  it('of several dues becomes a fact of each that is ours', async () => {
    const other = exampleId(2)
    await proxy.open(other)
    expect((await notify(pagati([iud, 'TARI-2025-1', iudOf(other)]))).status).toBe(200)
    expect(proxy.facts.map(({ payment_id }) => payment_id)).toEqual([id, other])
  })

  it.each([
    ['a failed attempt', '1'],
    ['a word nobody knows', '9'],
  ])('of %s changes nothing', async (_what, code) => {
    expect((await notify(pagati([iud], code))).status).toBe(200)
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: { state: 'pending' } }])
  })

  it.each([
    ['without our token', () => notify(pagati([iud]), `Bearer ${token('of-somebody-else')}`), 401],
    ['of what is owed to another', () => notify(pagati([iud], '0', '00000000000')), 422],
    ['that names no due', () => notify(pagati([])), 422],
    ['that is no document', () => notify(base64('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), 422],
  ])('%s is refused', async (_how, notifying, status) => {
    const answer = await notifying()
    expect(answer.status).toBe(status)
    expect(proxy.facts).toEqual([])
  })
})
