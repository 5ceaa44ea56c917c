import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleAccess, examplePayment, iudFor } from '#connectors/govpay/example-payment'
import { startExampleReceiver } from '#connectors/govpay/example-receiver'
import { startExampleRun } from '#connectors/govpay/example-run'
import { magicCents } from '#connectors/govpay/sandbox-magic'
import type { ExampleRun } from '#connectors/govpay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const pageOf = async (cents: number) => (await run.begin(cents)).url

describe('the page to pay at', () => {
  it('takes the money once and sends the payer back', async () => {
    await run.open(4250)
    const url = await pageOf(4250)
    const page = await (await fetch(url)).text()
    expect(page).toContain('SANDBOX')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('€ 42.50')
    for (let click = 1; click <= 2; click += 1) {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual' })
      expect(answer.status).toBe(303)
      const back = new URL(answer.headers.get('location') ?? '')
      expect(back.origin + back.pathname).toBe(run.landing)
      expect(back.searchParams.get('esito')).toBe('OK')
    }
    expect(await (await fetch(url)).text()).toContain('already paid')
    await run.notified(1)
    expect(run.sandbox().counters(iudFor(4250)).settlements).toBe(1)
    await expect(pageOf(4250)).rejects.toMatchObject({ code: 'govpay-422' })
  })

  it('writes what comes from outside as text, never as markup', async () => {
    await run.openPayment({ ...examplePayment(), reason: '<script>alert("1")</script>' })
    expect(await (await fetch(await pageOf(4250))).text()).not.toContain('<script')
  })

  it('is over where there is no such session', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${run.sandbox().url}/pay/none`, { method })
      expect(answer.status).toBe(410)
      expect(await answer.text()).toContain('SANDBOX')
    }
  })
})

describe('the sandbox notifies', () => {
  it('until it is heard, of version 2, where GovPay puts receipts', async () => {
    const receiver = await startExampleReceiver(3)
    run.sandbox().notifyTo(run.connectorAt(receiver.url))
    const { iuv } = await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    await receiver.stop()
    expect(receiver.notifications).toHaveLength(4)
    const path = `PUT /ricevute/${exampleAccess.domain_id}/${iuv}/`
    expect(receiver.notifications[0]?.call.startsWith(path)).toBe(true)
  })

  it('in version 1 also the start of an attempt', async () => {
    run.sandbox().notifyTo({ ...run.connectorAt(run.receiver.url), version: 'v1' })
    const { iuv } = await run.open(4250)
    await fetch(await pageOf(4250), { method: 'POST', redirect: 'manual' })
    await run.notified(2)
    const call = `POST /pagamenti/${exampleAccess.domain_id}/${iuv}`
    expect(run.receiver.notifications.map((each) => each.call)).toEqual([call, call])
    expect(run.settlements()).toMatchObject([{ iud: iudFor(4250), settlement: { amount: 4250 } }])
  })

  it('nobody where the application has no connector', async () => {
    run.sandbox().notifyTo(undefined)
    await run.open(4250)
    await run.payNow(4250)
    expect(await run.settlement(4250)).toMatchObject({ state: 'settled' })
    expect(run.sandbox().counters().notifications).toBe(0)
  })

  it('.77 and .88 a payment nobody made', async () => {
    await run.open(4277)
    await run.notified(1)
    await run.open(4288)
    expect(await run.settlement(4288)).toEqual({ state: 'expired' })
    await run.notified(2)
    expect(run.settlements().map(({ iud }) => iud)).toEqual([iudFor(4277), iudFor(4288)])
  })
})

describe('the sandbox refuses, as GovPay does,', () => {
  const put = async (changes: object, { items = [{}], headers = {} } = {}) => {
    const item = { idVocePendenza: '1', importo: 42.5, descrizione: 'Canone', codEntrata: 'C' }
    const body = {
      idTipoPendenza: 'CANONE',
      idDominio: exampleAccess.domain_id,
      causale: 'Canone',
      soggettoPagatore: { tipo: 'F', identificativo: 'PRVLCU85M15X000R' },
      importo: 42.5,
      voci: items.map((each) => ({ ...item, ...each })),
      ...changes,
    }
    return call('PUT', JSON.stringify(body), { 'content-type': 'application/json', ...headers })
  }
  const { username, password, application_id } = exampleAccess
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const call = async (
    method: string,
    body: string,
    headers = {},
    idA2A: string = application_id,
  ) => {
    const path = `backend/api/pendenze/rs/basic/v2/pendenze/${idA2A}/abc-1`
    const url = `${run.sandbox().base_url}/${path}`
    const answer = await fetch(url, { method, body, headers: { authorization, ...headers } })
    const told = (await answer.json()) as { codice?: string }
    return [answer.status, told.codice]
  }

  it.each([
    ['an amount that is text', { importo: '42.50' }, 400, 'SINTASSI'],
    ['a notice number that is a number', { numeroAvviso: 301000000012345 }, 400, 'SINTASSI'],
    ['a member nobody knows', { idA2A: 'A2A' }, 400, 'SINTASSI'],
    ['empty text', { idUnitaOperativa: '' }, 400, 'SINTASSI'],
    ['another body', { idDominio: '99999999990' }, 422, 'DOM_000'],
    ['a sum that differs', { importo: 42.51 }, 422, 'VER_002'],
  ])('%s', async (_what, changes, status, code) => {
    expect(await put(changes)).toEqual([status, code])
  })

  it('items that are not in order', async () => {
    const half = { importo: 21.25 }
    expect(await put({}, { items: [half, half] })).toEqual([422, 'VER_001'])
    const both = { codEntrata: 'C', tipoBollo: '01' }
    expect(await put({}, { items: [both] })).toEqual([400, 'SINTASSI'])
  })

  it('callers it does not know, and applications that are not theirs', async () => {
    expect(await put({}, { headers: { authorization: '' } })).toEqual([401, '401000'])
    const json = { 'content-type': 'application/json' }
    expect(await call('PUT', '{}', json, 'OTHER')).toEqual([400, 'APP_002'])
    expect(await call('PUT', '{', json)).toEqual([400, 'SINTASSI'])
  })

  it('what may not be changed any more', async () => {
    expect(await put({})).toEqual([201, undefined])
    expect(await put({ causale: 'Altro' })).toEqual([200, undefined])
    const [half, rest] = [{ importo: 21.25 }, { idVocePendenza: '2', importo: 21.25 }]
    expect(await put({}, { items: [half, rest] })).toEqual([422, 'VER_005'])
    expect(await put({}, { items: [{ idVocePendenza: '9' }] })).toEqual([422, 'VER_006'])
    await fetch(`${run.sandbox().url}/pay-now/abc-1`, { method: 'POST' })
    expect(await put({})).toEqual([422, 'VER_003'])
  })

  it('words in lower case, and a state that is not replaced', async () => {
    await put({})
    const patch = (op: string) =>
      call('PATCH', JSON.stringify([{ op, path: '/stato', value: 'ANNULLATA' }]), {
        'content-type': 'application/json-patch+json',
      })
    expect(await patch('replace')).toEqual([400, 'SINTASSI'])
    expect(await patch('ADD')).toEqual([400, 'SINTASSI'])
    for (let again = 1; again <= 2; again += 1) expect((await patch('REPLACE'))[0]).toBe(200)
    expect(await put({})).toEqual([422, 'VER_003'])
  })
})

describe('programs', () => {
  it('pay a debt once, however often they ask', async () => {
    await run.open(4250)
    const first: unknown = await (await run.payNow(4250)).json()
    expect(await (await run.payNow(4250)).json()).toEqual(first)
    await run.notified(1)
    expect(run.sandbox().counters().settlements).toBe(1)
    expect((await run.payNow(1)).status).toBe(404)
  })

  it('read the counters over HTTP', async () => {
    await run.open(4250)
    for (const path of ['/counters', `/counters/${iudFor(4250)}`]) {
      expect(await (await fetch(run.sandbox().url + path)).json()).toEqual({
        debt_positions: 1,
        creation_requests: 1,
        settlements: 0,
        notifications: 0,
      })
    }
  })

  it('find each magic amount on the first page and in the README', async () => {
    const page = await (await fetch(run.sandbox().url)).text()
    const readme = readFileSync('connectors/govpay/README.md', 'utf8').replace(/ +/g, ' ')
    expect(page).toContain('SANDBOX')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(page).toContain(`<tr><th scope="row">.${cents}</th><td>${scene}</td></tr>`)
      expect(readme).toContain(`| \`.${cents}\` | ${scene} |`)
    }
  })
})
