import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleSecrets } from '#connectors/examplepay/example-configuration'
import { exampleOnlinePayment, examplePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { startExampleRun } from '#connectors/examplepay/example-run'
import { magicCents } from '#connectors/examplepay/sandbox-magic'
import type { ExampleRun } from '#connectors/examplepay/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

describe('the pay page', () => {
  it('takes the money once and sends the payer back', async () => {
    await run.open(4250)
    const { url } = await run.connected().beginOnlinePayment(exampleOnlinePayment(4250))
    const page = await (await fetch(url)).text()
    expect(page).toContain('SANDBOX')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('€ 42.50')
    for (let click = 1; click <= 2; click += 1) {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, run.landing])
    }
    expect(await (await fetch(url)).text()).toContain('already paid')
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ iud: iudFor(4250), settlement: { amount: 4250 } }])
    expect(run.sandbox().counters(iudFor(4250)).settlements).toBe(1)
    await expect(
      run.connected().beginOnlinePayment(exampleOnlinePayment(4250)),
    ).rejects.toMatchObject({
      code: 'examplepay-409',
    })
  })

  it('writes what comes from outside as text, never as markup', async () => {
    await run.openPayment({ ...examplePayment(), reason: '<script>alert("1")</script>' })
    const { url } = await run.connected().beginOnlinePayment(exampleOnlinePayment(4250))
    expect(await (await fetch(url)).text()).not.toContain('<script')
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
  it('until it is heard', async () => {
    const receiver = await startExampleReceiver(3)
    await run.open(4250, receiver.url)
    await run.payNow(4250)
    await run.notified(1)
    await receiver.stop()
    expect(receiver.notifications).toHaveLength(4)
  })

  it('.33 twice the same', async () => {
    await run.open(4233)
    await run.payNow(4233)
    await run.notified(2)
    expect(new Set(run.transactions()).size).toBe(1)
    expect(run.sandbox().counters().settlements).toBe(1)
  })

  it('.34 two payments of one debt', async () => {
    await run.open(4234)
    await run.payNow(4234)
    await run.notified(2)
    expect(new Set(run.transactions()).size).toBe(2)
    expect(run.sandbox().counters().settlements).toBe(2)
  })

  it('.77 and .88 a payment nobody made', async () => {
    await run.open(4277)
    await run.notified(1)
    await run.open(4288)
    expect(await run.connected().findSettlement(iudFor(4288))).toEqual({ state: 'expired' })
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
  })

  it('need the key to see debts, and are told what is wrong', async () => {
    const get = async (path: string, headers = {}) => {
      const answer = await fetch(run.sandbox().url + path, { headers })
      return [answer.status, ((await answer.json()) as { error?: string }).error]
    }
    expect(await get(`/pendencies/${iudFor(1)}`)).toEqual([401, 'wrong-api-key'])
    expect(await get('/nowhere')).toEqual([404, 'unknown-path'])
    expect((await run.payNow(1)).status).toBe(404)
    const authorization = `Bearer ${exampleSecrets.api_key}`
    for (const body of ['{', '{}']) {
      const answer = await fetch(`${run.sandbox().url}/pendencies/${iudFor(1)}`, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      })
      expect(answer.status).toBe(400)
    }
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
    const readme = readFileSync('connectors/examplepay/README.md', 'utf8').replace(/ +/g, ' ')
    expect(page).toContain('SANDBOX')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(page).toContain(`<tr><th scope="row">.${cents}</th><td>${scene}</td></tr>`)
      expect(readme).toContain(`| \`.${cents}\` | ${scene} |`)
    }
  })
})
