import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleConfiguration, exampleSecrets } from '#connectors/examplepay/example-configuration'
import { exampleAddresses, examplePayment, iudFor } from '#sandboxes/example-payment'
import { examplepay } from '#connectors/examplepay/index'
import { startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import { RejectedError, TransientError } from '#core/errors'
import type { ExamplepaySandbox } from '#connectors/examplepay/sandbox'

let sandbox: ExamplepaySandbox
beforeAll(async () => {
  sandbox = await startExamplepaySandbox(exampleSecrets)
})
afterAll(() => sandbox.stop())

const connected = (timeout_ms?: number) =>
  examplepay.connect(exampleConfiguration(sandbox.url, timeout_ms))

const open = (cents: number, timeout_ms?: number) => {
  const configuration = exampleConfiguration(sandbox.url)
  const request = examplepay.composeOpening(examplePayment({ amount: cents }), configuration)
  return connected(timeout_ms).openDebtPosition(request, exampleAddresses)
}

describe('examplepay opens a debt position', { timeout: 15_000 }, () => {
  it('and opens it once, however often it is asked', async () => {
    const first = await open(4250)
    expect(first.notice_code).toMatch(/^3\d{17}$/)
    expect(first.iuv).toBe(first.notice_code?.slice(1))
    expect(await open(4250)).toEqual(first)
    expect(sandbox.counters(iudFor(4250))).toEqual({
      debt_positions: 1,
      creation_requests: 2,
      settlements: 0,
      notifications: 0,
    })
  })

  it('and waits for an operator where the same iud asks for something else', async () => {
    await open(5000)
    const other = examplePayment({ amount: 5100, iud: iudFor(5000) })
    const request = examplepay.composeOpening(other, exampleConfiguration(sandbox.url))
    await expect(connected().openDebtPosition(request, exampleAddresses)).rejects.toThrow(
      TransientError,
    )
    expect(sandbox.counters(iudFor(5000)).debt_positions).toBe(1)
  })

  it('.02 and is refused', async () => {
    await expect(open(4202)).rejects.toMatchObject({
      name: 'RejectedError',
      code: 'examplepay-422',
      message: 'examplepay refused (422): amount-refused',
    })
    expect(sandbox.counters(iudFor(4202)).debt_positions).toBe(0)
  })

  it.each([
    { cents: 4204, scene: 'the answer is lost', failures: 1, debts: 1 },
    { cents: 4205, scene: 'HTML comes with 200', failures: 2, debts: 0 },
    { cents: 4208, scene: 'it is slower than we wait', failures: 1, debts: 1, timeout_ms: 150 },
    { cents: 4209, scene: 'nothing is answered', failures: 1, debts: 0, timeout_ms: 150 },
    { cents: 4219, scene: 'it is down', failures: 3, debts: 0 },
    { cents: 4229, scene: 'it is asked too often', failures: 1, debts: 0 },
  ])('.$cents and tries again when $scene', async ({ cents, failures, debts, timeout_ms }) => {
    for (let attempt = 1; attempt <= failures; attempt += 1) {
      await expect(open(cents, timeout_ms)).rejects.toThrow(TransientError)
    }
    expect(sandbox.counters(iudFor(cents)).debt_positions).toBe(debts)
    expect((await open(cents)).notice_code).toMatch(/^3\d{17}$/)
    expect(sandbox.counters(iudFor(cents))).toMatchObject({
      debt_positions: 1,
      creation_requests: failures + 1,
    })
  })
})

describe('examplepay finds a settlement', { timeout: 15_000 }, () => {
  it('pending, then settled', async () => {
    await open(4300)
    expect(await connected().findSettlement(iudFor(4300))).toEqual({ state: 'pending' })
    await fetch(`${sandbox.url}/pay-now/${iudFor(4300)}`, { method: 'POST' })
    expect(await connected().findSettlement(iudFor(4300))).toMatchObject({
      state: 'settled',
      amount: 4300,
      transaction_id: expect.stringMatching(/^EP-/) as unknown,
    })
  })

  it('.88 expired, and settled all the same a second later', async () => {
    await open(4288)
    const settlement = () => connected().findSettlement(iudFor(4288))
    expect(await settlement()).toEqual({ state: 'expired' })
    await expect.poll(settlement, { timeout: 10_000 }).toMatchObject({ state: 'settled' })
  })

  it('nowhere, which surely means there is no such debt', async () => {
    await expect(connected().findSettlement(iudFor(1))).rejects.toMatchObject({
      code: 'examplepay-404',
    })
  })
})

describe('examplepay reads a notification', () => {
  const body = JSON.stringify({
    code: iudFor(4250),
    state: 'PAID',
    transaction_id: 'EP-1',
    paid_at: '2025-03-11T10:00:00.123+01:00',
    amount: '42.50',
  })
  const signed = (text: string, secret: string = exampleSecrets.notify_secret) => ({
    'x-examplepay-signature': createHmac('sha256', secret).update(text).digest('hex'),
  })
  const read = (headers: Record<string, string>, text = body) =>
    connected().readNotification?.({ headers, body: text })

  it('signed with our secret', () => {
    expect(read(signed(body))).toEqual([
      {
        iud: iudFor(4250),
        settlement: {
          state: 'settled',
          transaction_id: 'EP-1',
          paid_at: '2025-03-11T10:00:00+01:00',
          amount: 4250,
        },
      },
    ])
  })

  it.each([
    ['without a signature', {}, body],
    ['signed by another', signed(body, 'another-notify-secret'), body],
    ['with a signature cut short', { 'x-examplepay-signature': 'abcd' }, body],
    ['with a signature that is no hex', { 'x-examplepay-signature': 'z'.repeat(64) }, body],
    ['changed by one byte', signed(body), body.replace('42.50', '42.51')],
  ])('and refuses one %s', (_how, headers, text) => {
    expect(() => read(headers, text)).toThrow(
      expect.objectContaining({ code: 'bad-signature' }) as Error,
    )
  })

  it.each([
    ['no JSON', 'PAID'],
    ['without a debt', '{"state":"PAID"}'],
    ['paid, but not when', body.replace('"paid_at"', '"at"')],
    ['with an amount that is a number', body.replace('"42.50"', '42.50')],
  ])('and refuses what is %s', (_what, text) => {
    const reading = () => read(signed(text), text)
    expect(reading).toThrow(RejectedError)
    expect(reading).toThrow(expect.objectContaining({ code: 'bad-notification' }) as Error)
  })
})

describe('examplepay is configured', () => {
  const { tenant, service } = exampleConfiguration('http://127.0.0.1:9') as {
    tenant: object
    service: object
  }

  it.each([
    ['tenant.base_url', { tenant: { ...tenant, base_url: 'ftp://examplepay.example' }, service }],
    ['tenant.api_key', { tenant: { ...tenant, api_key: '' }, service }],
    ['tenant.timeout_ms', { tenant: { ...tenant, timeout_ms: 60_000 }, service }],
    ['tenant', { tenant: null, service }],
  ])('and says that %s is wrong', (member, configuration) => {
    const connecting = () => examplepay.connect(configuration)
    expect(connecting).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
    expect(connecting).toThrow(new RegExp(`^${member}: `))
  })

  it('and follows the debts of a service whose form became wrong, but opens none', () => {
    const configuration = { tenant, service: {} }
    expect(() => examplepay.connect(configuration)).not.toThrow()
    const composing = () => examplepay.composeOpening(examplePayment(), configuration)
    expect(composing).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
    expect(composing).toThrow(/^service\.due_type: /)
  })
})
