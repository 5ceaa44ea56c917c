import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExampleRun, startExampleRun } from '#connectors/examplepay/example-run'
import { examplePayment, exampleOnlinePayment, iudFor } from '#sandboxes/example-payment'
import { RejectedError } from '#core/errors'

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
const keys = async () => (await dues()).map(({ iud }) => iud)

describe('examplepay lists the dues of a person', () => {
  it('none, where nothing is owed', async () => {
    expect(await dues()).toEqual([])
  })

  it('that are open and of the type of the service, page by page, whoever opened them', async () => {
    const { notice_code, iuv } = await open(1001)
    for (const cents of [1010, 1011, 1012, 1013]) await open(cents)
    await open(2000, 'SMPNDA80A41H501X')
    await open(3000, citizen, 'TARI')
    expect(await keys()).toEqual([1001, 1010, 1011, 1012, 1013].map(iudFor))
    expect((await dues())[0]).toEqual({
      iud: iudFor(1001),
      notice_code,
      iuv,
      amount: 1001,
      currency: 'EUR',
      reason: 'Canone unico 2025',
      created_at: expect.stringMatching(/^20/) as unknown,
      expire_at: '2025-06-08T09:15:00+02:00',
    })
  })

  it('and no more once they are paid', async () => {
    await run.payNow(1010)
    expect(await keys()).not.toContain(iudFor(1010))
  })
})

describe('examplepay serves a due of which only the notice is known', () => {
  it('by its number: settlement, page, notice and receipt', async () => {
    const { notice_code } = await open(5000)
    const key = notice_code!
    const { findSettlement, beginOnlinePayment, fetchNotice, fetchReceipt } = run.connected()
    expect(await findSettlement(key)).toEqual({ state: 'pending' })
    const online = { ...exampleOnlinePayment(5000), iud: key }
    expect((await beginOnlinePayment(online)).url).toContain('/pay/')
    expect((await fetchNotice!(online)).length).toBeGreaterThan(100)
    await fetch(`${run.sandbox().url}/pay-now/${key}`, { method: 'POST' })
    expect(await findSettlement(key)).toMatchObject({ state: 'settled', amount: 5000 })
    expect((await fetchReceipt!(key)).length).toBeGreaterThan(100)
  })

  it.each(['TARI-2026.000123_A', '../5f0c', iudFor(1).toUpperCase(), '30100000001234568'])(
    'and is never asked for by %s',
    async (key) => {
      await expect(run.connected().findSettlement(key)).rejects.toThrow(RejectedError)
      await expect(run.connected().findSettlement(key)).rejects.toMatchObject({ code: 'bad-iud' })
    },
  )
})
