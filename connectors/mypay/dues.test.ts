import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Versamento } from '#connectors/mypay/documents'
import { exampleOnlinePayment, examplePayment } from '#connectors/mypay/example-payment'
import { type ExampleRun, startExampleRun } from '#connectors/mypay/example-run'
import { TransientError } from '#core/errors'
import { iudFor } from '#sandboxes/example-payment'
import { iuvFor } from '#schemas/values/iud-numbers'

const citizen = 'SMPNDA80A41H501X'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const payerOf = (tax_code: string) => ({
  ...examplePayment().payer,
  type: /^\d/.test(tax_code) ? ('legal' as const) : ('human' as const),
  tax_identification_number: tax_code,
})
const paymentOf = (amount: number, tax_code: string, details: object = {}) => ({
  ...examplePayment({ amount, ...details }),
  payer: payerOf(tax_code),
})
const open = (cents: number, tax_code = citizen, details: object = {}) =>
  run.openPayment(paymentOf(cents, tax_code, details))
const dues = (tax_code = citizen) => run.connected().findDues!(tax_code)
const keys = async (tax_code?: string) => (await dues(tax_code)).map(({ iud }) => iud)

/** A due as another program of the body puts it in, under a key that is none of ours. */
const putInElsewhere = async (key: string, cents: number, tax_code = citizen) => {
  const { datiVersamento, ...rest } = Versamento.parse(
    JSON.parse(run.composed(paymentOf(cents, tax_code))),
  )
  const due = { ...rest, datiVersamento: { ...datiVersamento, identificativoUnivocoDovuto: key } }
  expect(await run.client().importaDovuto(due, 'I')).toMatchObject({ faultCode: null })
  return datiVersamento.identificativoUnivocoVersamento
}

describe('mypay lists the dues of a person', () => {
  it('none, where nothing is owed', async () => {
    expect(await dues()).toEqual([])
  })

  it('that are open and of the type of the service, all at once, whoever put them in', async () => {
    const { notice_code, iuv } = await open(1001)
    for (const cents of [1010, 1020, 1030]) await open(cents)
    await putInElsewhere('TARI/2026.000123', 1250)
    await open(2000, 'PRVLCU85M15X000R')
    await open(3000, citizen, { due_type: 'TARI' })
    expect(await keys()).toEqual([...[1001, 1010, 1020, 1030].map(iudFor), 'TARI/2026.000123'])
    expect((await dues())[0]).toEqual({
      iud: iudFor(1001),
      notice_code,
      iuv,
      amount: 1001,
      currency: 'EUR',
      reason: 'Canone unico 2025',
      created_at: null,
      expire_at: null,
    })
  })

  it('however they spell the tax code', async () => {
    expect(await keys(citizen.toLowerCase())).toContain(iudFor(1001))
  })

  it('and of a company by its 11 digits', async () => {
    await open(4000, '01234567897')
    expect(await keys('01234567897')).toEqual([iudFor(4000)])
  })

  it('ours under our key, also where MyPay has it under another', async () => {
    const debtor = 'VRDGNN70C01H501Y'
    const iud = `000${iudFor(5000).slice(3)}`
    await open(5000, debtor, { iud })
    expect(await keys(debtor)).toEqual([iud])
  })

  it('and no more once they are paid or withdrawn', async () => {
    await run.payNow(1010)
    const due = Versamento.parse(JSON.parse(run.composed(paymentOf(1020, citizen))))
    await run.client().importaDovuto(due, 'A')
    expect(await keys()).not.toContain(iudFor(1010))
    expect(await keys()).not.toContain(iudFor(1020))
  })

  it('.70 but none of another body', async () => {
    const debtor = 'NRENNA50E41H501W'
    await open(6070, debtor)
    expect(await keys(debtor)).toEqual([])
  })

  it('.71 and is not believed where a document is none', async () => {
    const debtor = 'BNCMRA60D01H501Z'
    await open(6071, debtor)
    await expect(dues(debtor)).rejects.toThrow(TransientError)
  })
})

describe('a due that was not born here', () => {
  const addresses = { landing: 'http://127.0.0.1:9/landing/1', notify: 'http://127.0.0.1:9/n' }

  it(
    'is served by the key it has there: settlement, page, notice',
    { timeout: 20_000 },
    async () => {
      const iud = 'IMU-2026/7'
      const iuv = await putInElsewhere(iud, 7000)
      const { findSettlement, beginOnlinePayment, fetchNotice } = run.connected()
      expect(await findSettlement(iud)).toEqual({ state: 'pending' })
      const online = exampleOnlinePayment(7000, { iud, iuv, addresses })
      const { url } = await beginOnlinePayment(online)
      expect((await fetchNotice!(online)).length).toBeGreaterThan(100)
      const back = await fetch(url, { method: 'POST', redirect: 'manual' })
      expect(back.headers.get('location')).toContain(addresses.landing)
      expect(await findSettlement(iud)).toMatchObject({ state: 'settled', amount: 7000 })
    },
  )

  it('.72 is paid where MyPay says as long as it has no number, and has no notice', async () => {
    const debtor = 'GLLFNC75T12H501U'
    const iud = 'IMU-2026/8'
    await putInElsewhere(iud, 7072, debtor)
    expect(await dues(debtor)).toMatchObject([{ iud, iuv: null, notice_code: null }])
    const { findSettlement, beginOnlinePayment, fetchNotice } = run.connected()
    const online = exampleOnlinePayment(7072, { iud, iuv: null, payer: payerOf(debtor) })
    await expect(fetchNotice!(online)).rejects.toMatchObject({ code: 'number-missing' })
    await fetch((await beginOnlinePayment(online)).url, { method: 'POST' })
    expect(await findSettlement(iud)).toMatchObject({ state: 'settled', amount: 7072 })
    await expect(beginOnlinePayment(online)).rejects.toMatchObject({ code: 'page-missing' })
  })

  it('is asked for by its number where the notice is all that is known of it', async () => {
    const { notice_code } = await open(8000)
    const { findSettlement } = run.connected()
    expect(await findSettlement(notice_code!)).toEqual({ state: 'pending' })
    await run.payNow(8000)
    expect(await findSettlement(notice_code!)).toMatchObject({ state: 'settled', amount: 8000 })
    const unknown = `3${iuvFor(iudFor(1), '99')}`
    await expect(findSettlement(unknown)).rejects.toMatchObject({
      code: 'mypay-PAA_IUV_NON_VALIDO',
    })
  })
})
