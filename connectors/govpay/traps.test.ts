import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { govpayClient } from '#connectors/govpay/client'
import { tenantOf } from '#connectors/govpay/config'
import { examplePayer, exampleStamp } from '#connectors/govpay/example-owed'
import { examplePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/govpay/example-run'
import { govpay } from '#connectors/govpay/index'
import { toDebtPosition, toNuovaPendenza } from '#connectors/govpay/mapping'
import { TransientError } from '#core/errors'
import { makeNoticeCode } from '#schemas/values/notice-code'
import type { ExampleRun } from '#connectors/govpay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const counters = (cents: number) => run.sandbox().counters(iudFor(cents))
const pageOf = async (cents: number) => (await run.begin(cents)).url
const notified = () => run.settlements().map(({ settlement }) => settlement.state)

/** What an integrator meets at GovPay sooner or later: each was met by somebody. */
describe('met at GovPay', { timeout: 20_000 }, () => {
  it('the same receipt comes more than once: it is the same transaction', async () => {
    await run.open(4233)
    await run.payNow(4233)
    await run.notified(3)
    expect(notified()).toEqual(['settled', 'settled', 'settled'])
    expect(new Set(run.transactions()).size).toBe(1)
  })

  it('the start of an attempt is notified where its end would be: it settles nothing', async () => {
    run.sandbox().notifyTo({ ...run.connectorAt(run.receiver.url), version: 'v1' })
    await run.open(4250)
    await pageOf(4250)
    await run.notified(1)
    expect(notified()).toEqual([])
  })

  it('the debt exists, but the answer is lost: the same again is the same debt', async () => {
    await expect(run.open(4204)).rejects.toThrow(TransientError)
    const { notice_code } = await run.open(4204)
    expect(notice_code).toMatch(/^3\d{17}$/)
    expect(counters(4204)).toMatchObject({ debt_positions: 1, creation_requests: 2 })
  })

  it('the answer is lost and the debt is paid before it is asked for again: it is open', async () => {
    await expect(run.open(4204)).rejects.toThrow(TransientError)
    await run.payNow(4204)
    expect((await run.open(4204)).notice_code).toMatch(/^3\d{17}$/)
  })

  it('a notice number comes as a JSON number, which other readers round: not believed', async () => {
    await expect(run.open(4217)).rejects.toThrow(TransientError)
    expect(counters(4217).debt_positions).toBe(1)
  })

  it.each([1, 10, 30_000, 123_456])('%s cents come back as they went', async (cents) => {
    await run.open(cents)
    await run.payNow(cents)
    expect(await run.settlement(cents)).toMatchObject({ state: 'settled', amount: cents })
  })

  it('text that breaks printed notices is mended, and accents are kept', async () => {
    await run.openPayment({ ...examplePayment(), reason: 'L\u2019IMU \u2013 è dovuta' })
    const page = await (await fetch(await pageOf(4250))).text()
    expect(page).toContain('L&#39;IMU - è dovuta')
  })

  it('a page to pay at is over and GovPay does not say so: each click opens another', async () => {
    await run.open(4221)
    const [first, second] = [await pageOf(4221), await pageOf(4221)]
    expect(first).not.toBe(second)
    expect((await fetch(first)).status).toBe(410)
    expect(await run.settlement(4221)).toEqual({ state: 'pending' })
  })

  it('whoever comes back with esito=OK has paid nothing by that', async () => {
    await run.open(4250)
    await pageOf(4250)
    expect(await run.settlement(4250)).toEqual({ state: 'pending' })
  })

  it('a notice number has check digits of another rule: it is taken as it is', () => {
    const right = makeNoticeCode({ aux: 3, segregationCode: '01', base: '202012345' })
    const wrong = right.slice(0, 16) + String((Number(right.slice(16)) + 1) % 93).padStart(2, '0')
    const asked = toNuovaPendenza(
      examplePayment(),
      { domain_id: '01234567890' },
      { due_type: 'CANONE', revenue_code: 'CANONE', split_as: 'quotas' },
    )
    const created = { idDominio: '01234567890', numeroAvviso: wrong }
    expect(toDebtPosition(created, asked).notice_code).toBe(wrong)
  })

  it('words mislead: ANOMALA may be paid or not, and a word nobody knows is neither', async () => {
    for (const cents of [4212, 4213]) {
      await run.open(cents)
      expect(await run.settlement(cents)).toEqual({ state: 'pending' })
    }
    await run.open(4214)
    await run.payNow(4214)
    // Another sum than asked for: whoever compares them alarms somebody.
    expect(await run.settlement(4214)).toMatchObject({ state: 'settled', amount: 4213 })
  })

  it('SCADUTA is computed: what it was said of may have been paid', async () => {
    await run.open(4288)
    expect(await run.settlement(4288)).toEqual({ state: 'expired' })
    await run.notified(1)
    expect(notified()).toEqual(['settled'])
  })

  it('a stamp is for 44 characters of base64, and has no notice', async () => {
    const payment = exampleStamp()
    const request = govpay.composeOpening(payment, run.configuration())
    expect(/"hashDocumento":"([^"]+)"/.exec(request)?.[1]).toHaveLength(44)
    expect(await run.openPayment(payment)).toEqual({ notice_code: null, iuv: null })
    await run.payNow(1_600)
    expect(await run.settlement(1_600)).toMatchObject({ state: 'settled', amount: 1_600 })
  })

  it('keys are of 35 characters at most: the iud and those of its items fit', () => {
    const request = govpay.composeOpening(examplePayment(), run.configuration())
    const keys = [...request.matchAll(/"id(?:Voce)?Pendenza":"([^"]+)"/g)].map(([, key]) => key)
    expect(keys).toEqual([iudFor(4250), `${iudFor(4250)}_1`])
    for (const key of keys) expect(key).toMatch(/^[\w-]{1,35}$/)
  })

  it('a page comes with 200, and a page to pay at with 302', async () => {
    await expect(run.open(4205)).rejects.toThrow(TransientError)
    await run.open(4211)
    expect((await fetch(await pageOf(4211))).status).toBe(200)
  })

  it('500 is said of what will never be', async () => {
    await expect(run.open(4218)).rejects.toMatchObject({ code: 'govpay-500' })
  })

  it('a due that was paid is no longer cancelled nor changed: GovPay says so', async () => {
    await run.open(4250)
    await run.payNow(4250)
    const { patchPendenza } = govpayClient(tenantOf(run.configuration()))
    const cancelling = patchPendenza(iudFor(4250), [
      { op: 'REPLACE', path: '/stato', value: 'ANNULLATA' },
    ])
    await expect(cancelling).rejects.toMatchObject({ name: 'RejectedError', code: 'govpay-400' })
    expect(await run.settlement(4250)).toMatchObject({ state: 'settled' })
  })

  it('two receipts come for one debt: two transactions, and asked for it is the first', async () => {
    await run.open(4234)
    await run.payNow(4234)
    await run.notified(2)
    const [first, second] = run.transactions()
    expect(first).not.toBe(second)
    expect(await run.settlement(4234)).toMatchObject({ transaction_id: first })
  })

  it('a retry must not change what is there: it has the same bytes', () => {
    const compose = () => govpay.composeOpening(examplePayment(), run.configuration())
    expect(compose()).toBe(compose())
  })

  it('asked too often it wants to be left alone, and it is', async () => {
    await expect(run.open(4229)).rejects.toThrow('GovPay answered 429')
    await expect(run.open(4250)).rejects.toThrow(/left alone for 1 s more/)
    expect(counters(4250).creation_requests).toBe(0)
    const isOpened = () =>
      run.open(4229).then(
        () => true,
        () => false,
      )
    await expect.poll(isOpened, { timeout: 5_000 }).toBe(true)
  })

  it('paid on another channel it has no receipt, and a day without a time', async () => {
    await run.open(4266)
    await run.payNow(4266)
    expect(await run.settlement(4266)).toMatchObject({
      state: 'settled',
      transaction_id: null,
      paid_at: expect.stringMatching(/T00:00:00/) as unknown,
    })
  })

  it('an answer that fits and lies about the body settles nothing', async () => {
    await run.open(4216)
    await run.payNow(4216)
    await expect(run.settlement(4216)).rejects.toMatchObject({ code: 'other-creditor' })
  })

  it('personal data is in no error', async () => {
    const told = await run.open(4202).catch((error: Error) => error.message)
    expect(told).not.toContain(examplePayer.tax_identification_number)
  })
})
