import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExampleRun, type ExampleRun } from '#connectors/iris/example-run'
import {
  exampleAddresses,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const statusOf = async (url: string) => (await fetch(url)).status

describe('a payer is sent to a page', { timeout: 20_000 }, () => {
  it('of the sum, and back by our landing once it is paid', async () => {
    await run.open(4250)
    const url = await run.begin(4250)
    expect(await (await fetch(url)).text()).toContain('Pay € 42.50')
    const paid = await run.post(url)
    expect([paid.status, paid.headers.get('location')]).toEqual([303, exampleAddresses.landing])
    expect(await run.find(4250)).toMatchObject({ state: 'settled', amount: 4250 })
  })

  it('by a new session at each click, which leaves the others alone', async () => {
    await run.open(4251)
    const urls = [await run.begin(4251), await run.begin(4251)]
    expect(new Set(urls).size).toBe(2)
    for (const url of urls) expect(await statusOf(url)).toBe(200)
    expect(run.sandbox().counters(iudFor(4251))).toMatchObject({ debt_positions: 1, sessions: 2 })
  })

  it('whose session ends, so that only another click leads on', async () => {
    const short = await startExampleRun(100)
    await short.open(4252)
    const url = await short.begin(4252)
    await expect.poll(() => statusOf(url)).toBe(410)
    expect((await short.post(url)).status).toBe(410)
    expect(await statusOf(await short.begin(4252))).toBe(200)
    await short.stop()
  })

  it('and back without paying', async () => {
    await run.open(4253)
    const url = await run.begin(4253)
    expect(await run.find(4253)).toEqual({ state: 'pending' })
    await fetch(url)
    const left = await run.post(url, '/gateway/cancel')
    expect([left.status, left.headers.get('location')]).toEqual([303, exampleAddresses.landing])
    expect(await run.find(4253)).toEqual({ state: 'pending' })
    expect(await statusOf(url)).toBe(410)
  })

  it('also where iris never heard of the pendency: the click tells it whole', async () => {
    expect(await statusOf(await run.begin(4254))).toBe(200)
    await run.payNow(4254)
    expect(await run.find(4254)).toMatchObject({ state: 'settled', amount: 4254 })
  })

  it('which says so, where somebody paid meanwhile', async () => {
    await run.open(4255)
    const url = await run.begin(4255)
    await run.payNow(4255)
    const page = await (await fetch(url)).text()
    expect(page).toContain('This is already paid')
    expect(page).toContain(`<a href="${exampleAddresses.landing}">Go back</a>`)
  })

  it('no more, once it is paid', async () => {
    await expect(run.begin(4250)).rejects.toMatchObject({ code: 'iris-A0000016' })
  })

  it('not where the type of pendency lets nothing be told again', async () => {
    await run.open(4248)
    await expect(run.begin(4248)).rejects.toMatchObject({ code: 'iris-SBX00048' })
  })

  it('not where nobody could come back, or only by too long an address', async () => {
    const begin = (landing: string | null) => {
      const addresses = landing === null ? null : { landing, notify: landing }
      return run.connected().beginOnlinePayment(exampleOnlinePayment(4256, { addresses }))
    }
    await expect(begin(null)).rejects.toMatchObject({ code: 'addresses-missing' })
    const long = `https://pay.example/${'x'.repeat(500)}`
    await expect(begin(long)).rejects.toMatchObject({ code: 'not-expressible' })
  })

  it('and is told what the opening told, so that nothing is changed by a click', async () => {
    const changes = { service: { split: [{ split_id: 'c_1', split_budget_chapter: '101' }] } }
    const split = [{ code: 'c_1', amount: 4257, meta: '{}' }]
    await run.openPayment(examplePayment({ amount: 4257, split }), changes)
    const before = run.sandbox().counters(iudFor(4257))
    await run.connected(changes).beginOnlinePayment(exampleOnlinePayment(4257))
    expect(run.sandbox().counters(iudFor(4257))).toEqual({ ...before, sessions: 1 })
  })
})
