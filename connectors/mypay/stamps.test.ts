import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stampDueType } from '#connectors/mypay/config'
import {
  exampleOnlinePayment,
  examplePayer,
  exampleStampPayment,
} from '#connectors/mypay/example-payment'
import { type ExampleRun, startExampleRun } from '#connectors/mypay/example-run'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun(0, { due_type: stampDueType })
})
afterAll(() => run.stop())

const stamp = exampleStampPayment()
const { iud, amount, pagopa_category, document } = stamp.payment
const online = exampleOnlinePayment(1_600, {
  iud,
  amount,
  iuv: null,
  payer: examplePayer,
  pagopa_category,
  document_hash: document?.hash ?? null,
})

describe('mypay sells a digital stamp', () => {
  it('at the click of its payer: before that there is no due, and no number', async () => {
    const numbers = { notice_code: null, iuv: null }
    expect(await run.openPayment(stamp)).toEqual(numbers)
    expect(await run.connected().findDebtPosition(run.composed(stamp))).toEqual(numbers)
    expect(run.sandbox().counters()).toMatchObject({ debt_positions: 0, creation_requests: 0 })
    expect(await run.connected().findSettlement(iud)).toEqual({ state: 'pending' })
  })

  it('on a new page each time, and hears of the money by its iud', async () => {
    const { beginOnlinePayment, findSettlement } = run.connected()
    const [first, second] = [await beginOnlinePayment(online), await beginOnlinePayment(online)]
    expect(second.url).not.toBe(first.url)
    expect(await findSettlement(iud)).toEqual({ state: 'pending' })
    const back = await fetch(second.url, { method: 'POST', redirect: 'manual' })
    expect(back.headers.get('location')).toContain('/landing/1')
    expect(await findSettlement(iud)).toMatchObject({ state: 'settled', amount: 1_600 })
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ iud, settlement: { amount: 1_600 } }])
  })

  it('once: who has paid is sent to no page again', async () => {
    await expect(run.connected().beginOnlinePayment(online)).rejects.toThrow('PAA_IUD_DUPLICATO')
  })
})
