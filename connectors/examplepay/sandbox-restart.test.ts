import { appendFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleOnlinePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/examplepay/example-run'
import type { ExampleRun } from '#connectors/examplepay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

describe('the documents', { timeout: 20_000 }, () => {
  it('are PDFs, the same bytes each time, and the receipt comes with the money', async () => {
    await run.open(4250)
    const notice = await run.connected().fetchNotice?.(exampleOnlinePayment(4250))
    expect(await run.connected().fetchNotice?.(exampleOnlinePayment(4250))).toEqual(notice)
    await expect(run.connected().fetchReceipt?.(iudFor(4250))).rejects.toMatchObject({
      code: 'examplepay-409',
    })
    await run.payNow(4250)
    const receipt = await run.connected().fetchReceipt?.(iudFor(4250))
    await run.restart()
    expect(await run.connected().fetchReceipt?.(iudFor(4250))).toEqual(receipt)
    expect(Buffer.from(receipt ?? []).toString('latin1')).toContain('%%EOF')
  })
})

describe('a restarted sandbox', () => {
  it('knows its debts, even after half a line, and numbers on', async () => {
    const first = await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    const counters = run.sandbox().counters()
    appendFileSync(run.dataFile, '{"iud":"half')
    await run.restart()
    expect(run.sandbox().counters()).toEqual(counters)
    await expect(run.open(4202)).rejects.toThrow()
    expect(await run.open(4250)).toEqual(first)
    const second = await run.open(4300)
    expect(BigInt(second.iuv ?? 0)).toBeGreaterThan(BigInt(first.iuv ?? 0))
    await run.restart()
    expect(run.sandbox().counters().debt_positions).toBe(2)
    expect(run.sandbox().counters(iudFor(4202)).creation_requests).toBe(1)
  })

  it('goes on notifying', async () => {
    await run.open(4250, 'http://127.0.0.1:9/notify')
    await run.payNow(4250)
    await run.open(4250)
    await run.restart()
    await run.notified(1)
    expect(run.settlements()).toHaveLength(1)
  })

  it('plays the first request of a debt only once', async () => {
    await expect(run.open(4204)).rejects.toThrow()
    await run.restart()
    await run.open(4204)
    expect(run.sandbox().counters(iudFor(4204))).toMatchObject({ creation_requests: 2 })
  })
})
