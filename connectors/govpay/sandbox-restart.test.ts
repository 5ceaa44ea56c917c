import { appendFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleOnlinePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/govpay/example-run'
import type { ExampleRun } from '#connectors/govpay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

describe('a restarted sandbox', { timeout: 20_000 }, () => {
  it('knows its debts, even after half a line, and numbers on', async () => {
    const first = await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    const counters = run.sandbox().counters()
    appendFileSync(run.dataFile, '{"idPendenza":"half')
    await run.restart()
    expect(run.sandbox().counters()).toEqual(counters)
    expect(await run.open(4250)).toEqual(first)
    const second = await run.open(4300)
    expect(BigInt(second.iuv ?? 0)).toBeGreaterThan(BigInt(first.iuv ?? 0))
    await run.restart()
    expect(run.sandbox().counters().debt_positions).toBe(2)
  })

  it('goes on notifying', async () => {
    run.sandbox().notifyTo(run.connectorAt('http://127.0.0.1:9/notify'))
    await run.open(4250)
    await run.payNow(4250)
    await run.restart()
    await run.notified(1)
    expect(run.settlements()).toHaveLength(1)
  })

  it('plays the first request of a debt only once, and makes the same documents', async () => {
    await expect(run.open(4204)).rejects.toThrow()
    const notice = await run.connected().fetchNotice?.(exampleOnlinePayment(4204))
    await run.restart()
    await run.open(4204)
    expect(run.sandbox().counters(iudFor(4204))).toMatchObject({ creation_requests: 2 })
    expect(await run.connected().fetchNotice?.(exampleOnlinePayment(4204))).toEqual(notice)
  })
})
