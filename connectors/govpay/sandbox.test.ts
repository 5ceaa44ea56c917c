import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { examplePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { startExampleRun } from '#connectors/govpay/example-run'
import { magicCents } from '#connectors/govpay/sandbox-magic'
import type { ExampleRun } from '#connectors/govpay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const pageOf = async (cents: number) => (await run.begin(cents)).url

describe('the page to pay at', () => {
  it('takes the money once and sends the payer back', async () => {
    await run.open(4250)
    const url = await pageOf(4250)
    const page = await (await fetch(url)).text()
    expect(page).toContain('SANDBOX')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('€ 42.50')
    for (let click = 1; click <= 2; click += 1) {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual' })
      expect(answer.status).toBe(303)
      const back = new URL(answer.headers.get('location') ?? '')
      expect(back.origin + back.pathname).toBe(run.landing)
      expect(back.searchParams.get('esito')).toBe('OK')
    }
    expect(await (await fetch(url)).text()).toContain('already paid')
    await run.notified(1)
    expect(run.sandbox().counters(iudFor(4250)).settlements).toBe(1)
    await expect(pageOf(4250)).rejects.toMatchObject({ code: 'govpay-422' })
  })

  it('writes what comes from outside as text, never as markup', async () => {
    await run.openPayment({ ...examplePayment(), reason: '<script>alert("1")</script>' })
    expect(await (await fetch(await pageOf(4250))).text()).not.toContain('<script')
  })

  it('is over where there is no such session', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${run.sandbox().url}/pay/none`, { method })
      expect(answer.status).toBe(410)
      expect(await answer.text()).toContain('SANDBOX')
    }
  })
})

describe('the sandbox notifies', () => {
  it('until it is heard, of version 2, where GovPay puts receipts', async () => {
    const receiver = await startExampleReceiver(3)
    run.sandbox().notifyTo(run.connectorAt(receiver.url))
    const { iuv } = await run.open(4250)
    await run.payNow(4250)
    await run.notified(1)
    await receiver.stop()
    expect(receiver.notifications).toHaveLength(4)
    const path = `PUT /ricevute/${exampleAccess.domain_id}/${iuv}/`
    expect(receiver.notifications[0]?.call.startsWith(path)).toBe(true)
  })

  it('in version 1 also the start of an attempt', async () => {
    run.sandbox().notifyTo({ ...run.connectorAt(run.receiver.url), version: 'v1' })
    const { iuv } = await run.open(4250)
    await fetch(await pageOf(4250), { method: 'POST', redirect: 'manual' })
    await run.notified(2)
    const call = `POST /pagamenti/${exampleAccess.domain_id}/${iuv}`
    expect(run.receiver.notifications.map((each) => each.call)).toEqual([call, call])
    expect(run.settlements()).toMatchObject([{ iud: iudFor(4250), settlement: { amount: 4250 } }])
  })

  it('nobody where the application has no connector', async () => {
    run.sandbox().notifyTo(undefined)
    await run.open(4250)
    await run.payNow(4250)
    expect(await run.settlement(4250)).toMatchObject({ state: 'settled' })
    expect(run.sandbox().counters().notifications).toBe(0)
  })

  it('.77 and .88 a payment nobody made', async () => {
    await run.open(4277)
    await run.notified(1)
    await run.open(4288)
    expect(await run.settlement(4288)).toEqual({ state: 'expired' })
    await run.notified(2)
    expect(run.settlements().map(({ iud }) => iud)).toEqual([iudFor(4277), iudFor(4288)])
  })
})

describe('programs', () => {
  it('pay a debt once, however often they ask', async () => {
    await run.open(4250)
    const first: unknown = await (await run.payNow(4250)).json()
    expect(await (await run.payNow(4250)).json()).toEqual(first)
    await run.notified(1)
    expect(run.sandbox().counters().settlements).toBe(1)
    expect((await run.payNow(1)).status).toBe(404)
  })

  it('read the counters over HTTP', async () => {
    await run.open(4250)
    for (const path of ['/counters', `/counters/${iudFor(4250)}`]) {
      expect(await (await fetch(run.sandbox().url + path)).json()).toEqual({
        debt_positions: 1,
        creation_requests: 1,
        settlements: 0,
        notifications: 0,
      })
    }
  })

  it('find each magic amount on the first page and in the README', async () => {
    const page = await (await fetch(run.sandbox().url)).text()
    const readme = readFileSync('connectors/govpay/README.md', 'utf8').replace(/ +/g, ' ')
    expect(page).toContain('SANDBOX')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(page).toContain(`<tr><th scope="row">.${cents}</th><td>${scene}</td></tr>`)
      expect(readme).toContain(`| \`.${cents}\` | ${scene} |`)
    }
  })
})
