import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleSecret } from '#connectors/external-page/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { startExampleRun } from '#connectors/external-page/example-run'
import { signedUrl } from '#connectors/external-page/page-url'
import { magicCents } from '#connectors/external-page/sandbox-magic'
import type { ExampleRun } from '#connectors/external-page/example-run'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const redirected = (answer: Response) => [answer.status, answer.headers.get('location')]

describe('the page', () => {
  it('takes the money once and sends the payer back', async () => {
    const url = await run.urlFor(4250)
    const page = await (await fetch(url)).text()
    expect(page).toContain('SANDBOX')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('€ 42.50')
    expect(page).toContain('Canone unico')
    expect(redirected(await run.submit(url))).toEqual([303, run.landing])
    expect((await run.submit(url)).status).toBe(410)
    await run.notified(1)
    expect(run.settlements()).toMatchObject([{ iud: iudFor(4250), settlement: { amount: 4250 } }])
    expect(await (await fetch(await run.urlFor(4250))).text()).toContain('already paid')
    await run.pay(4250)
    expect(run.sandbox().counters(iudFor(4250))).toMatchObject({ settlements: 1, pages: 3 })
  })

  it('is opened again, and shown again, until it is used', async () => {
    const url = await run.urlFor(4250)
    for (const _ of [1, 2]) expect((await fetch(url)).status).toBe(200)
    expect(run.sandbox().counters().pages).toBe(2)
  })

  it('lets the payer go back without paying, and come again', async () => {
    const url = await run.urlFor(4250)
    await fetch(url)
    expect(redirected(await run.submit(url, '/pay/cancel'))).toEqual([303, run.landing])
    await run.notified(1)
    expect(run.settlements()).toEqual([{ iud: iudFor(4250), settlement: { state: 'pending' } }])
    expect((await run.submit(url)).status).toBe(410)
    expect(run.sandbox().counters().settlements).toBe(0)
    expect(redirected(await run.pay(4250))).toEqual([303, run.landing])
    await run.notified(2)
    expect(await run.findSettlement(4250)).toMatchObject({ state: 'settled', amount: 4250 })
  })

  it('.02 takes no money, and lets the payer try again', async () => {
    expect(redirected(await run.pay(4202))).toEqual([303, run.landing])
    await run.notified(1)
    expect(JSON.parse(run.receiver.notifications[0]!.body)).toMatchObject({ state: 'REFUSED' })
    expect(await run.findSettlement(4202)).toEqual({ state: 'pending' })
    expect(run.sandbox().counters().settlements).toBe(0)
  })

  it('.04 takes the money, and the payer never comes back', async () => {
    await expect(run.pay(4204)).rejects.toThrow()
    await run.notified(1)
    expect(await run.findSettlement(4204)).toMatchObject({ state: 'settled' })
  })

  it('takes what the address it was opened by asks for, not what another did', async () => {
    const first = await run.urlFor(4250)
    const second = await run.urlFor(4250, { amount: 9900 })
    await fetch(first)
    await fetch(second)
    await run.submit(first)
    expect(await run.findSettlement(4250)).toMatchObject({ amount: 4250 })
  })

  it('writes what comes from outside as text, never as markup', async () => {
    const addresses = { landing: 'https://a.example/"><script>', notify: run.receiver.url }
    const page = await (await fetch(await run.urlFor(4250, { addresses }))).text()
    expect(page).not.toContain('<script')
  })
})

describe('an address is refused', () => {
  const signing = { purpose: 'pay', secret: exampleSecret } as const
  const filling = (changes = {}) => ({
    iud: iudFor(4250),
    amount: '42.50',
    currency: 'EUR',
    description: 'Canone',
    landing: run.landing,
    notify: run.receiver.url,
    time: String(Math.floor(Date.now() / 1_000)),
    nonce: 'a-nonce-of-sixteen-or-more',
    ...changes,
  })
  const made = (changes = {}, how: Parameters<typeof signedUrl>[2] = signing) =>
    signedUrl(run.sandbox().pageUrl, filling(changes), how)
  const secondsAgo = (seconds: number) => String(Math.floor(Date.now() / 1_000) - seconds)

  it('not where nothing is wrong', async () => {
    expect((await fetch(made())).status).toBe(200)
  })

  it.each([
    ['is signed by another', () => made({}, { ...signing, secret: `${exampleSecret}!` }), 403],
    ['is signed for a state', () => made({}, { ...signing, purpose: 'status' }), 403],
    ['was changed', () => made().replace('42.50', '0.01'), 403],
    ['lost its signature', () => made().replace(/&signature=.*/, ''), 403],
    ['is too old', () => made({ time: secondsAgo(901) }), 410],
    ['is of a time to come', () => made({ time: secondsAgo(-120) }), 410],
    ['has no time', () => made({ time: '' }), 410],
    ['asks for another currency', () => made({ currency: 'CHF' }), 400],
    ['leads back to no web page', () => made({ landing: 'javascript:alert(1)' }), 400],
  ])('that %s', async (_how, url, status) => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(url(), { method, redirect: 'manual' })
      expect(answer.status).toBe(status)
      expect(await answer.text()).toContain('SANDBOX')
    }
    expect(run.sandbox().counters()).toMatchObject({ pages: 0, settlements: 0 })
  })
})

describe('programs', () => {
  it('pay what was opened, once, however often they ask', async () => {
    expect((await run.payNow(4250)).status).toBe(404)
    await fetch(await run.urlFor(4250))
    const first: unknown = await (await run.payNow(4250)).json()
    expect(await (await run.payNow(4250)).json()).toEqual(first)
    await run.notified(1)
    expect(run.sandbox().counters().settlements).toBe(1)
  })

  it('need the secret to see a state, and are told what is wrong', async () => {
    const get = async (url: string) => {
      const answer = await fetch(url)
      return [answer.status, ((await answer.json()) as { error?: string }).error]
    }
    const { statusUrl, url } = run.sandbox()
    const asked = (time: number) =>
      signedUrl(
        statusUrl,
        { iud: iudFor(1), time: String(time), nonce: 'n' },
        { purpose: 'status', secret: exampleSecret },
      )
    const now = Math.floor(Date.now() / 1_000)
    expect(await get(asked(now))).toEqual([404, 'unknown-payment'])
    expect(await get(asked(now).slice(0, -1))).toEqual([403, 'bad-signature'])
    expect(await get(asked(now - 1_000))).toEqual([403, 'signed-too-long-ago'])
    expect(await get(`${url}/nowhere`)).toEqual([404, 'unknown-path'])
  })

  it('read the counters over HTTP', async () => {
    await fetch(await run.urlFor(4250))
    for (const path of ['/counters', `/counters/${iudFor(4250)}`]) {
      expect(await (await fetch(run.sandbox().url + path)).json()).toEqual({
        pages: 1,
        status_requests: 0,
        settlements: 0,
        notifications: 0,
      })
    }
  })

  it('find each magic amount on the first page and in the README', async () => {
    const page = await (await fetch(run.sandbox().url)).text()
    const readme = readFileSync('connectors/external-page/README.md', 'utf8').replace(/ +/g, ' ')
    expect(page).toContain('SANDBOX')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(page).toContain(`<tr><th scope="row">.${cents}</th><td>${scene}</td></tr>`)
      expect(readme).toContain(`| \`.${cents}\` | ${scene} |`)
    }
  })
})
