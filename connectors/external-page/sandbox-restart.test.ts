import { appendFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { startExampleRun } from '#connectors/external-page/example-run'
import type { ExampleRun } from '#connectors/external-page/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

describe('a restarted sandbox', () => {
  it('knows its payments, even after half a line', async () => {
    await run.pay(4250)
    await run.notified(1)
    const settled = await run.findSettlement(4250)
    const counters = run.sandbox().counters()
    appendFileSync(run.dataFile, '{"iud":"half')
    await run.restart()
    expect(run.sandbox().counters()).toEqual(counters)
    expect(await run.findSettlement(4250)).toEqual(settled)
    await fetch(await run.urlFor(4300))
    await run.restart()
    expect(run.sandbox().counters(iudFor(4300)).pages).toBe(1)
  })

  it('goes on notifying, and with what was being settled', async () => {
    const deaf = await startExampleReceiver(Infinity)
    await run.pay(4247, { addresses: { landing: run.landing, notify: deaf.url } })
    await expect.poll(() => deaf.notifications.length).toBeGreaterThan(0)
    await run.restart()
    await expect.poll(() => run.sandbox().counters().settlements).toBe(1)
    const heard = deaf.notifications.length
    await expect.poll(() => deaf.notifications.length).toBeGreaterThan(heard)
    await deaf.stop()
  })
})
