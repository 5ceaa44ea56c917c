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

describe('the sandbox notifies', () => {
  it('until it is heard, each time signed anew', async () => {
    const receiver = await startExampleReceiver(3)
    await run.pay(4250, { addresses: { landing: run.landing, notify: receiver.url } })
    await run.notified(1)
    await receiver.stop()
    const signatures = receiver.notifications.map(
      ({ headers }) => headers['x-external-page-signature'],
    )
    expect(new Set(signatures).size).toBe(4)
  })

  it('.33 twice the same', async () => {
    await run.pay(4233)
    await run.notified(2)
    expect(run.transactions()).toHaveLength(2)
    expect(new Set(run.transactions()).size).toBe(1)
    expect(run.sandbox().counters().settlements).toBe(1)
  })

  it('.34 two payments of one sum', async () => {
    await run.pay(4234)
    await run.notified(2)
    expect(new Set(run.transactions()).size).toBe(2)
    expect(run.sandbox().counters().settlements).toBe(2)
  })

  it('.44 with a forged one before the true one', async () => {
    await run.pay(4244)
    await expect.poll(() => run.receiver.notifications.length).toBe(2)
    expect(run.settlements()).toMatchObject([{ settlement: { amount: 4244 } }])
    expect(run.refusals()).toEqual(['bad-signature'])
  })

  it('.45 another sum, .46 another currency', async () => {
    await run.pay(4245)
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ settlement: { amount: 4246 } }])
    await run.pay(4246)
    await run.notified(2)
    expect(run.settlements()).toHaveLength(1)
    expect(run.refusals()).toEqual(['other-currency'])
  })

  it('.47 an unknown word before the money', async () => {
    await run.pay(4247)
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ settlement: { state: 'pending' } }])
    await run.notified(2)
    expect(run.settlements()[1]).toMatchObject({ settlement: { state: 'settled' } })
  })

  it('.77 and .88 money that nobody was seen to pay', async () => {
    await fetch(await run.urlFor(4277))
    await run.notified(1)
    await fetch(await run.urlFor(4288))
    expect(await run.findSettlement(4288)).toEqual({ state: 'pending' })
    await run.notified(2)
    expect(run.settlements().map(({ iud }) => iud)).toEqual([iudFor(4277), iudFor(4288)])
  })
})
