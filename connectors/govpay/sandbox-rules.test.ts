import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { startExampleRun } from '#connectors/govpay/example-run'
import type { ExampleRun } from '#connectors/govpay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

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
    const url = `${run.sandbox().url}/${path}`
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
