import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iudFor } from '#sandboxes/example-payment'
import { exampleOnlinePayment } from '#connectors/mypay/example-payment'
import { startExampleRun } from '#connectors/mypay/example-run'
import { TransientError } from '#core/errors'
import type { ExampleRun } from '#connectors/mypay/example-run'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

describe('mypay finds a settlement', { timeout: 15_000 }, () => {
  it('pending, then settled', async () => {
    await run.open(6000)
    expect(await run.connected().findSettlement(iudFor(6000))).toEqual({ state: 'pending' })
    await run.payNow(6000)
    expect(await run.connected().findSettlement(iudFor(6000))).toMatchObject({
      state: 'settled',
      amount: 6000,
      transaction_id: expect.stringMatching(/^MP[0-9a-f]{32}$/) as unknown,
      paid_at: expect.stringMatching(/T(?!00:00:00)/) as unknown,
    })
  })

  it('.44 settled, its document encoded once', async () => {
    await run.open(6044)
    await run.payNow(6044)
    expect(await run.connected().findSettlement(iudFor(6044))).toMatchObject({ amount: 6044 })
  })

  it.each([6055, 6066])('.%s pending where the answer misleads', async (cents) => {
    await run.open(cents)
    expect(await run.connected().findSettlement(iudFor(cents))).toEqual({ state: 'pending' })
    await run.payNow(cents)
    expect(await run.connected().findSettlement(iudFor(cents))).toMatchObject({ state: 'settled' })
  })

  it('.67 with the amount that was paid, which is not the one that was asked for', async () => {
    await run.open(6067)
    await run.payNow(6067)
    expect(await run.connected().findSettlement(iudFor(6067))).toMatchObject({ amount: 6066 })
  })

  it('.68 nowhere in the word on what is owed to another body', async () => {
    await run.open(6068)
    await run.payNow(6068)
    await expect(run.connected().findSettlement(iudFor(6068))).rejects.toThrow(TransientError)
  })

  it('.88 expired, and settled all the same a second later', async () => {
    await run.open(6088)
    const settlement = () => run.connected().findSettlement(iudFor(6088))
    expect(await settlement()).toEqual({ state: 'expired' })
    await expect.poll(settlement, { timeout: 10_000 }).toMatchObject({ state: 'settled' })
  })

  it('nowhere, which surely means there is no such due', async () => {
    await expect(run.connected().findSettlement(iudFor(1))).rejects.toMatchObject({
      code: 'mypay-PAA_IUD_NON_VALIDO',
    })
  })
})

describe('mypay takes the payer to pay', () => {
  it('on a new page each time', async () => {
    await run.open(7000)
    const { url: first } = await run.connected().beginOnlinePayment(exampleOnlinePayment(7000))
    const { url: second } = await run.connected().beginOnlinePayment(exampleOnlinePayment(7000))
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pay\//)
    expect(second).not.toBe(first)
  })

  it('nowhere once it is paid', async () => {
    await run.open(7100)
    await run.payNow(7100)
    await expect(
      run.connected().beginOnlinePayment(exampleOnlinePayment(7100)),
    ).rejects.toMatchObject({
      code: 'mypay-PAA_IUV_NON_VALIDO',
    })
  })
})

describe('mypay shows the notice', { timeout: 20_000 }, () => {
  it('that lies in an archive', async () => {
    await run.open(8000)
    const pdf = await run.connected().fetchNotice?.(exampleOnlinePayment(8000))
    expect(Buffer.from(pdf ?? []).toString('latin1')).toMatch(/^%PDF-[^]*%%EOF\s*$/)
  })

  it('of no due that is not there', async () => {
    await expect(run.connected().fetchNotice?.(exampleOnlinePayment(2))).rejects.toMatchObject({
      code: 'mypay-PAA_IUV_NON_VALIDO',
    })
  })
})
