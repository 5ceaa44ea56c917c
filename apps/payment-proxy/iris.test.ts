import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleHosts,
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { iris } from '#connectors/iris/index'
import { type IrisSandbox, startIrisSandbox } from '#connectors/iris/sandbox'
import { TransientError } from '#core/errors'

const id = exampleId(1)
const known = {
  sender_id: 'BUGLIANO',
  sender_system: 'SIL_BUGLIANO',
  username: 'sil-bugliano',
  password: 'prova-prova',
}
const notified = { username: 'iris', password: 'prova-notifiche' }

let proxy: ExampleProxy
let sandbox: IrisSandbox
let notifyUrl = ''
beforeEach(async () => {
  proxy = await startExampleProxy(iris)
  await proxy.open(id)
  const begin = String(proxy.payments.get(id)?.['online_payment_begin_url'])
  notifyUrl = begin.replace(`/online-payment/${id}`, '/notify')
  sandbox = await startIrisSandbox({ ...known, notify: { url: notifyUrl, ...notified } })
  configure()
})
afterEach(() => Promise.all([proxy.stop(), sandbox.stop()]))

/** Serves the payments of the example by IRIS. */
function configure(): void {
  const tenant = {
    tax_identification_number: '01234567897',
    positions_url: sandbox.positionsUrl,
    status_url: sandbox.statusUrl,
    notices_url: sandbox.noticesUrl,
    ...known,
    segregation_code: '99',
    notify_username: notified.username,
    notify_password: notified.password,
    allowed_hosts: exampleHosts,
  }
  for (const [rows, form] of [
    [proxy.tenants, tenant],
    [proxy.services, { due_type: 'CANONE_UNICO' }],
  ] as const) {
    for (const [key, row] of rows) rows.set(key, { ...row, config: JSON.stringify(form) })
  }
}

const begin = (of = id) => proxy.call(`/iris/online-payment/${of}`)
const factsOf = (type: string, of = id) => proxy.factsOf(of).filter((fact) => fact.type === type)
const settled = { amount: 4250, transaction_id: 'IR-1', paid_at: '2025-03-10T10:01:58+01:00' }

const ns = 'http://www.cart.rete.toscana.it/servizi/iris_1_1/'
const paid = (of: string, changes: Readonly<Record<string, string>> = {}) => {
  const { Importo = '42.50', Esito = 'ESEGUITO' } = changes
  return `<i:Pagamento><i:RiferimentoPagamento><i:IdPagamento>99</i:IdPagamento></i:RiferimentoPagamento>
    <i:DataOraPagamento>2025-03-10T10:01:58+01:00</i:DataOraPagamento><i:Importo>${Importo}</i:Importo>
    <i:Esito>${Esito}</i:Esito><i:Transazione><i:IdTransazione>IR-1</i:IdTransazione></i:Transazione>
    <i:RiferimentoDebito><i:Pendenza>${of}</i:Pendenza></i:RiferimentoDebito></i:Pagamento>`
}
let messages = 0
const message = (payments: readonly string[], msgId = `proxy_${(messages += 1)}_${Date.now()}`) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
    <p:IdpInformativaPagamento xmlns:p="${ns}proxy"><i:IdpInformativaPagamento xmlns:i="${ns}IdpInformativaPagamento">
    <h:IdpHeader xmlns:h="${ns}IdpHeader"><h:E2E><h:E2EMsgId>${msgId}</h:E2EMsgId><h:Receiver>
    <h:E2ERcvrId>BUGLIANO</h:E2ERcvrId></h:Receiver></h:E2E></h:IdpHeader><i:IdpBody>${payments.join('')}</i:IdpBody>
    </i:IdpInformativaPagamento></p:IdpInformativaPagamento></s:Body></s:Envelope>`
const notify = async (body: string, password = notified.password) => {
  const authorization = `Basic ${Buffer.from(`${notified.username}:${password}`).toString('base64')}`
  const headers = { 'content-type': 'text/xml; charset=utf-8', authorization }
  const answer = await proxy.call('/iris/notify', { method: 'POST', headers, body })
  const type = answer.headers.get('content-type')
  return { status: answer.status, type, text: await answer.text() }
}
const taken = { status: 200, text: expect.stringContaining('Elaborato Correttamente') as unknown }
const faulted = (status: number, whose: string) => ({
  status,
  type: 'text/xml; charset=utf-8',
  text: expect.stringContaining(`<faultcode>s:${whose}</faultcode>`) as unknown,
})

describe('a payment at IRIS', { timeout: 15_000 }, () => {
  it('leads to the page and back, and its money becomes a fact', async () => {
    const answer = await begin()
    expect(answer.status).toBe(302)
    const url = answer.headers.get('location') ?? ''
    expect(await (await fetch(url)).text()).toContain('€ 42.50')
    const left = await fetch(url, { method: 'POST', redirect: 'manual' })
    const back = new URL(left.headers.get('location') ?? '')
    expect(back.pathname).toBe(`/iris/landing/${id}`)
    expect((await proxy.call(back.pathname)).status).toBe(302)
    await expect.poll(() => factsOf('Settled')).toMatchObject([{ settled: { amount: 4250 } }])
    await expect.poll(() => sandbox.counters(iudOf(id)).notifications).toBe(1)
  })

  it('begins by another session at each click, and is one pendency', async () => {
    const urls = [await begin(), await begin()].map((answer) => answer.headers.get('location'))
    expect(new Set(urls).size).toBe(2)
    expect(sandbox.counters(iudOf(id))).toMatchObject({ debt_positions: 1, sessions: 2 })
  })

  it('is asked about there, and has a notice but no receipt', async () => {
    await begin()
    const asked = async (): Promise<unknown> => (await proxy.call(`/iris/update/${id}`)).json()
    expect(await asked()).toMatchObject({ settlement: 'pending' })
    const notice = await proxy.call(`/iris/notice/${id}`)
    expect((await notice.text()).slice(0, 5)).toBe('%PDF-')
    proxy.set(id, { status: 'COMPLETE' })
    expect((await proxy.call(`/iris/receipt/${id}`)).status).toBe(501)
  })

  it('leads nowhere that nobody would come back from', async () => {
    proxy.set(id, { online_payment_begin_url: 'https://elsewhere.example/pay/1' })
    const answer = await begin()
    expect([answer.status, await answer.json()]).toMatchObject([502, { code: 'addresses-missing' }])
    expect(proxy.facts).toEqual([])
  })
})

describe('a message of IRIS', () => {
  it('is taken, and answered in its words', async () => {
    expect(await notify(message([paid(iudOf(id))]))).toMatchObject(taken)
    expect(proxy.facts).toEqual([{ type: 'Settled', payment_id: id, settled }])
  })

  it('played again is taken, and settles nothing a second time', async () => {
    const once = message([paid(iudOf(id))])
    for (const _ of [1, 2, 3]) expect(await notify(once)).toMatchObject(taken)
    expect(factsOf('Settled')).toHaveLength(1)
    // A check that finds what is known is no news: see the keeper.
    expect(factsOf('Checked')).toMatchObject([{ checked: settled }, { checked: settled }])
  })

  it('at each stage of the same money settles once', async () => {
    for (const Esito of ['ESEGUITO', 'REGOLATO', 'INCASSO']) {
      expect(await notify(message([paid(iudOf(id), { Esito })]))).toMatchObject(taken)
    }
    expect(factsOf('Settled')).toHaveLength(1)
    expect(factsOf('Checked')).toHaveLength(2)
  })

  it('of several payments settles each, and passes over what is none of ours', async () => {
    const other = exampleId(2)
    await proxy.open(other)
    const several = [paid(iudOf(id)), paid('TARI.2025.17'), paid(iudOf(other))]
    expect(await notify(message(several))).toMatchObject(taken)
    expect(proxy.facts.map(({ payment_id }) => payment_id)).toEqual([id, other])
  })

  it('with one that could be ours and is unknown is told again: the others are taken', async () => {
    const several = [paid(iudOf(exampleId(9))), paid(iudOf(id))]
    expect(await notify(message(several))).toMatchObject(faulted(500, 'Server'))
    expect(factsOf('Settled')).toHaveLength(1)
    expect(proxy.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('with another sum is money all the same: that is for a person', async () => {
    expect(await notify(message([paid(iudOf(id), { Importo: '42.51' })]))).toMatchObject(taken)
    expect(factsOf('Settled')).toMatchObject([{ settled: { amount: 4251 } }])
  })

  it('with a word nobody knows changes nothing', async () => {
    expect(await notify(message([paid(iudOf(id), { Esito: 'STORNATO' })]))).toMatchObject(taken)
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: { state: 'pending' } }])
  })

  it('that is forged is believed by nobody', async () => {
    const answer = await notify(message([paid(iudOf(id))]), 'of whoever forges')
    expect(answer).toMatchObject(faulted(401, 'Client'))
    expect(proxy.facts).toEqual([])
  })

  it.each([
    ['is no SOAP', '<a/>'],
    ['is cut short', message([paid(iudOf(id))]).slice(0, -9)],
    ['has a document type', `<!DOCTYPE a>${message([paid(iudOf(id))])}`],
    ['has a sum with a comma', message([paid(iudOf(id), { Importo: '42,50' })])],
    ['is for another body', message([paid(iudOf(id))]).replace('BUGLIANO', 'ALTRO')],
    ['is too large', message([paid(iudOf(id))]) + ' '.repeat(300_000)],
  ])('that %s is refused with a SOAP fault', async (_what, body) => {
    expect(await notify(body)).toMatchObject(faulted(500, 'Client'))
    expect(proxy.facts).toEqual([])
  })

  it('is told again where Kafka has not acknowledged it, and is taken then', async () => {
    proxy.failWriting(new TransientError('Kafka did not acknowledge the record: timed out'))
    const once = message([paid(iudOf(id))])
    expect(await notify(once)).toMatchObject(faulted(500, 'Server'))
    proxy.failWriting(undefined)
    expect(await notify(once)).toMatchObject(taken)
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: settled }])
  })
})
