import { appendFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iudFor } from '#sandboxes/example-payment'
import { exampleOnlinePayment } from '#connectors/mypay/example-payment'
import { startExampleRun } from '#connectors/mypay/example-run'
import type { ExampleRun } from '#connectors/mypay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

describe('a restarted sandbox', { timeout: 20_000 }, () => {
  it('knows its dues, even after half a line', async () => {
    const first = await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    const counters = run.sandbox().counters()
    appendFileSync(run.dataFile, '{"iud":"half')
    await run.restart()
    expect(run.sandbox().counters()).toEqual(counters)
    await expect(run.open(4202)).rejects.toThrow()
    expect(await run.open(4250)).toEqual(first)
    await run.open(4300)
    await run.restart()
    expect(run.sandbox().counters().debt_positions).toBe(2)
    expect(run.sandbox().counters(iudFor(4202)).creation_requests).toBe(1)
  })

  it('shows the same notice', async () => {
    await run.open(4250)
    const notice = await run.connected().fetchNotice?.(exampleOnlinePayment(4250))
    await run.restart()
    expect(await run.connected().fetchNotice?.(exampleOnlinePayment(4250))).toEqual(notice)
  })

  it('goes on notifying', async () => {
    await run.stop()
    run = await startExampleRun(1)
    await run.open(4250)
    await run.payNow(4250)
    await expect.poll(() => run.receiver.notifications.length, { interval: 5 }).toBe(1)
    await run.restart()
    await run.notified(1)
    expect(run.receiver.notifications).toHaveLength(2)
  })

  it('plays the first request of a due only once', async () => {
    await expect(run.open(4204)).rejects.toThrow()
    await run.restart()
    await run.open(4204)
    expect(run.sandbox().counters(iudFor(4204))).toMatchObject({ creation_requests: 2 })
  })
})
