import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { type ExampleRun, startExampleRun } from '#connectors/govpay/example-run'
import { TransientError } from '#core/errors'
import { exampleOnlinePayment, examplePayment, iudFor } from '#sandboxes/example-payment'

const citizen = 'PRVLCU85M15X000R'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const open = (cents: number, tax_code = citizen, due_type = 'CANONE') => {
  const payment = examplePayment({ amount: cents, due_type })
  const payer = { ...payment.payer, tax_identification_number: tax_code }
  return run.openPayment({ ...payment, payer })
}
const dues = (tax_code = citizen) => run.connected().findDues!(tax_code)
const keys = async (tax_code?: string) => (await dues(tax_code)).map(({ iud }) => iud)

const api = () => `${run.sandbox().url}/backend/api/pendenze/rs/basic/v2`
const { username, password, application_id, domain_id } = exampleAccess
const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

/** A debt as another program of the body opens it, under a key that is none of ours. */
const openElsewhere = (key: string, tax_code: string, importo: number) =>
  fetch(`${api()}/pendenze/${application_id}/${key}`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      idTipoPendenza: 'CANONE',
      idDominio: domain_id,
      causale: 'Canone 2026, seconda rata',
      soggettoPagatore: { tipo: 'F', identificativo: tax_code, anagrafica: 'Luca Prova' },
      importo,
      dataScadenza: '2026-12-31',
      voci: [{ idVocePendenza: '1', importo, descrizione: 'Canone', codEntrata: 'CANONE' }],
    }),
  })

describe('GovPay lists the dues of a person', () => {
  it('none, where nothing is owed', async () => {
    expect(await dues()).toEqual([])
  })

  it('that are open and of the type of the service, page by page, whoever opened them', async () => {
    const { notice_code, iuv } = await open(1001)
    for (const cents of [1010, 1020, 1030]) await open(cents)
    await openElsewhere('TARI-2026_000123', citizen, 12.5)
    await open(2000, 'SMPNDA80A41H501X')
    await open(3000, citizen, 'TARI')
    expect(await keys()).toEqual([...[1001, 1010, 1020, 1030].map(iudFor), 'TARI-2026_000123'])
    expect((await dues())[0]).toEqual({
      iud: iudFor(1001),
      notice_code,
      iuv,
      amount: 1001,
      currency: 'EUR',
      reason: 'Canone unico 2025',
      created_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT00:00:00\+0[12]:00$/) as unknown,
      expire_at: '2025-06-08T23:59:59+02:00',
    })
    expect((await dues())[4]).toMatchObject({
      amount: 1250,
      expire_at: '2026-12-31T23:59:59+01:00',
    })
  })

  it('and no more once they are paid', async () => {
    await run.payNow(1010)
    expect(await keys()).not.toContain(iudFor(1010))
  })

  it.each([
    ['that has expired', 4088],
    ['in doubt', 4012],
    ['in a state that nobody knows', 4013],
    ['that is told to be owed to another body', 4016],
  ])('but none %s', async (_what, cents) => {
    const debtor = 'VRDGNN70C01H501Y'
    await open(cents, debtor)
    expect(await keys(debtor)).toEqual([])
  })

  it('and is not believed where a notice number came as a JSON number, which has lost digits', async () => {
    const debtor = 'BNCMRA60D01H501Z'
    await open(4017, debtor).catch(() => undefined)
    await expect(dues(debtor)).rejects.toThrow(TransientError)
  })
})

describe('a due that was not born here', () => {
  it('is served by the key it has there: settlement, page, notice, receipt', async () => {
    const key = 'IMU-2026_7'
    await openElsewhere(key, 'NRENNA50E41H501W', 30)
    const { findSettlement, beginOnlinePayment, fetchNotice, fetchReceipt } = run.connected()
    expect(await findSettlement(key)).toEqual({ state: 'pending' })
    const page = await beginOnlinePayment({
      ...exampleOnlinePayment(3000, { addresses: { landing: run.landing, notify: run.landing } }),
      iud: key,
    })
    expect(page.url).toContain('/pay/')
    expect((await fetchNotice!({ iud: key, iuv: null })).length).toBeGreaterThan(100)
    await fetch(`${run.sandbox().url}/pay-now/${key}`, { method: 'POST' })
    expect(await findSettlement(key)).toMatchObject({ state: 'settled', amount: 3000 })
    expect((await fetchReceipt!(key)).length).toBeGreaterThan(100)
  })

  it.each(['TARI 2026', '../profilo', 'TARI.2026', 'x'.repeat(36)])(
    'and is never asked for by %j, which is no key of GovPay',
    async (key) => {
      await expect(run.connected().findSettlement(key)).rejects.toMatchObject({ code: 'bad-iud' })
    },
  )
})
