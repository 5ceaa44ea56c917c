import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleConfiguration } from '#connectors/govpay/example-configuration'
import { exampleStamp } from '#connectors/govpay/example-owed'
import {
  exampleAddresses,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/govpay/example-run'
import { govpay } from '#connectors/govpay/index'
import { TransientError } from '#core/errors'
import type { ExampleRun } from '#connectors/govpay/example-run'
import type { Payment } from '#schemas/generated/types'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const open = (cents: number, timeout_ms?: number) =>
  openPayment(examplePayment({ amount: cents }), timeout_ms)
const openPayment = (payment: Payment, timeout_ms?: number) => {
  const configuration = exampleConfiguration(run.sandbox().url, timeout_ms)
  const request = govpay.composeOpening(payment, configuration)
  return govpay.connect(configuration).openDebtPosition(request, exampleAddresses)
}
const counters = (cents: number) => run.sandbox().counters(iudFor(cents))

describe('govpay opens a debt position', { timeout: 15_000 }, () => {
  it('and opens it once, however often it is asked', async () => {
    const first = await open(4250)
    expect(first.notice_code).toMatch(/^3\d{17}$/)
    expect(first.iuv).toBe(first.notice_code?.slice(1))
    expect(await open(4250)).toEqual(first)
    expect(counters(4250)).toMatchObject({ debt_positions: 1, creation_requests: 2 })
  })

  it('with every member that a payment may have', async () => {
    const iban = 'IT60X0542811101000000123456'
    const split = [
      { code: 'c_1', amount: 4000, meta: '{"split_assessment":"22"}' },
      { code: 'c_2', amount: 10, meta: '{}' },
    ]
    const payment = examplePayment({ amount: 4010, split, pagopa_category: '9/0101100IM/' })
    const { tenant } = exampleConfiguration(run.sandbox().url)
    const configuration = { tenant, service: { due_type: 'CANONE', unit_id: 'TRIBUTI', iban } }
    const request = govpay.composeOpening(payment, configuration)
    const { openDebtPosition } = govpay.connect(configuration)
    expect((await openDebtPosition(request, exampleAddresses)).notice_code).toMatch(/^3/)
  })

  it('.02, .03, .18 and is refused', async () => {
    for (const [cents, code] of [
      [4202, 'govpay-422'],
      [4203, 'govpay-422'],
      [4218, 'govpay-500'],
    ] as const) {
      await expect(open(cents)).rejects.toMatchObject({ name: 'RejectedError', code })
      expect(counters(cents).debt_positions).toBe(0)
    }
  })

  it.each([
    { cents: 4204, scene: 'the answer is lost', failures: 1, debts: 1 },
    { cents: 4205, scene: 'HTML comes with 200', failures: 2, debts: 0 },
    { cents: 4206, scene: 'half an answer comes, or none', failures: 2, debts: 0 },
    { cents: 4208, scene: 'it is slower than we wait', failures: 1, debts: 1, timeout_ms: 150 },
    { cents: 4209, scene: 'nothing is answered', failures: 1, debts: 0, timeout_ms: 150 },
    { cents: 4219, scene: 'it is down', failures: 3, debts: 0 },
    { cents: 4229, scene: 'it is asked too often', failures: 1, debts: 0 },
  ])('.$cents and tries again when $scene', async ({ cents, failures, debts, timeout_ms }) => {
    for (let attempt = 1; attempt <= failures; attempt += 1) {
      await expect(open(cents, timeout_ms)).rejects.toThrow(TransientError)
    }
    expect(counters(cents).debt_positions).toBe(debts)
    const again = () => open(cents).then(({ notice_code }) => notice_code, String)
    await expect.poll(again, { timeout: 5_000, interval: 200 }).toMatch(/^3\d{17}$/)
    expect(counters(cents)).toMatchObject({ debt_positions: 1, creation_requests: failures + 1 })
  })

  it('of a stamp, which has no notice', async () => {
    expect(await openPayment(exampleStamp())).toEqual({ notice_code: null, iuv: null })
    const { fetchNotice } = run.connected()
    await expect(fetchNotice?.(exampleOnlinePayment(1_600))).rejects.toMatchObject({
      code: 'no-notice',
    })
  })
})

describe('govpay finds a settlement', { timeout: 15_000 }, () => {
  it('pending, then settled', async () => {
    await open(4300)
    expect(await run.settlement(4300)).toEqual({ state: 'pending' })
    await run.payNow(4300)
    expect(await run.settlement(4300)).toMatchObject({
      state: 'settled',
      amount: 4300,
      transaction_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    })
  })

  it('.88 expired, and settled all the same a second later', async () => {
    await open(4288)
    expect(await run.settlement(4288)).toEqual({ state: 'expired' })
    await expect
      .poll(() => run.settlement(4288), { timeout: 10_000 })
      .toMatchObject({ state: 'settled' })
  })

  it.each([
    [4212, 'pending', undefined],
    [4213, 'pending', undefined],
    [4214, 'pending', 4213],
    [4215, 'pending', 4215],
    [4234, 'pending', 4234],
    [4266, 'pending', 4266],
  ])('.%s %s, and once it is paid the sum %s', async (cents, state, amount) => {
    await open(cents)
    expect(await run.settlement(cents)).toEqual({ state })
    await run.payNow(cents)
    if (amount === undefined) return
    expect(await run.settlement(cents)).toMatchObject({ state: 'settled', amount })
  })

  it('nowhere, which surely means there is no such debt', async () => {
    await expect(run.settlement(1)).rejects.toMatchObject({ code: 'govpay-404' })
  })
})

describe('the documents', { timeout: 20_000 }, () => {
  it('are PDFs, and the receipt comes with the money', async () => {
    await open(4400)
    const { fetchNotice, fetchReceipt } = run.connected()
    const text = (bytes?: Uint8Array) => Buffer.from(bytes ?? []).toString('latin1')
    expect(text(await fetchNotice?.(exampleOnlinePayment(4400)))).toContain('%%EOF')
    await expect(fetchReceipt?.(iudFor(4400))).rejects.toMatchObject({ code: 'no-receipt' })
    await run.payNow(4400)
    expect(text(await fetchReceipt?.(iudFor(4400)))).toContain('%%EOF')
  })
})
