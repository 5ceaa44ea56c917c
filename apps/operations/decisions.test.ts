import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExampleBrowser, exampleSignIn } from '#apps/operations/example-browser'
import { examplePorts } from '#apps/operations/example-ports'
import { operations, type OperationsPorts } from '#apps/operations/operations'
import { listen } from '#apps/platform/http'

type Asked = Parameters<OperationsPorts['decide']>[0]
type Released = Parameters<OperationsPorts['release']>[0]

const place = 'payment-keeper.dlq@2:5'
const refusal = 'the original was redriven once already and failed again; --again does it once more'
let asked: Asked[]
let released: Released[]
let stop: () => Promise<void>
let browser: ExampleBrowser
let origin = ''
beforeEach(async () => {
  asked = []
  released = []
  const { signIn } = await exampleSignIn()
  const ports = examplePorts({
    signIn,
    decide: async (deciding) => {
      asked.push(deciding)
      const refused = [{ place: 'payment-keeper.dlq@2:6', reason: refusal }]
      return { decided: [place], refused, leftOut: 0 }
    },
    release: async (releasing) => {
      released.push(releasing)
      return []
    },
  })
  const server = await listen(operations(ports), 0)
  stop = server.close
  origin = server.url
  browser = new ExampleBrowser(server.url)
})
afterEach(() => stop())

const fields = {
  action: 'redriven',
  unit: 'payment-keeper',
  partition: '2',
  error: 'no-tax-code',
  until: '2026-01-15T10:00:00.000Z',
  reason: 'mended',
  confirmed: 'on',
}
const query = new URLSearchParams({
  action: 'redriven',
  unit: 'payment-keeper',
  error: 'no-tax-code',
})
const preview = `/dead-letters/decide?${query.toString()}`

describe('deciding on dead letters', () => {
  it('is shown first, refusals with it, and does nothing', async () => {
    await browser.signIn('ada')
    const { text } = await browser.get(preview)
    expect(text).toContain(place)
    expect(text).toContain(refusal.replaceAll("'", '&#39;'))
    expect(text).toContain('Nothing is done yet')
    expect(asked).toMatchObject([
      {
        isDryRun: true,
        isAgain: false,
        selection: { unit: 'payment-keeper', error: 'no-tax-code' },
      },
    ])
  })

  it('is done as it was shown, in the name of who is signed in', async () => {
    await browser.signIn('ada')
    const token = await browser.tokenOn(preview)
    const done = await browser.post('/dead-letters/decide', { ...fields, token, operator: 'eve' })
    expect(done.status).toBe(200)
    expect(done.text).toContain('1 dead letter sent back')
    expect(asked.at(-1)).toEqual({
      action: 'redriven',
      selection: {
        unit: 'payment-keeper',
        partition: 2,
        offset: undefined,
        error: 'no-tax-code',
        tenant: undefined,
        sinceMs: undefined,
        untilMs: Date.parse(fields.until),
        limit: 500,
      },
      isAgain: false,
      reason: 'mended',
      operator: { name: 'ada', from: 'page' },
      isDryRun: false,
    })
  })

  it.each([
    ['without its reason', { reason: ' ' }, 400],
    ['without being confirmed', { confirmed: '' }, 400],
    ['of a unit there is none', { unit: 'payments' }, 400],
    ['of a place that is none', { partition: '2 or 3' }, 400],
    ['with the form of nobody', { token: '' }, 403],
    ["with another session's form", { token: 'x'.repeat(43) }, 403],
  ])('is refused %s', async (_, more, status) => {
    await browser.signIn('ada')
    const token = await browser.tokenOn(preview)
    const answer = await browser.post('/dead-letters/decide', { ...fields, token, ...more })
    expect(answer.status).toBe(status)
    expect(asked.filter(({ isDryRun }) => !isDryRun)).toEqual([])
  })

  it.each([
    ['from a page of another site', { origin: 'https://elsewhere.example' }],
    ['from nowhere', { origin: 'null' }],
    ['from a sibling host', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_, headers) => {
    await browser.signIn('ada')
    const token = await browser.tokenOn(preview)
    const answer = await browser.post('/dead-letters/decide', { ...fields, token }, headers)
    expect(answer.status).toBe(403)
    expect(asked.filter(({ isDryRun }) => !isDryRun)).toEqual([])
  })

  it('is not for viewers: they see what would be done, and no form', async () => {
    await browser.signIn('vera')
    expect((await browser.get(preview)).text).not.toContain('method="post" action="/dead-letters')
    const token = await browser.tokenOn('/')
    const answer = await browser.post('/dead-letters/decide', { ...fields, token })
    expect([answer.status, answer.text.includes('a viewer changes nothing')]).toEqual([403, true])
    expect(
      (await browser.post('/parked/release', { token, unit: 'debt-position-opener' })).status,
    ).toBe(403)
    expect(asked.filter(({ isDryRun }) => !isDryRun)).toEqual([])
  })

  it('takes no body that is none of a form', async () => {
    await browser.signIn('ada')
    const token = await browser.tokenOn(preview)
    const json = { 'content-type': 'application/json' }
    expect((await browser.post('/dead-letters/decide', { ...fields, token }, json)).status).toBe(
      403,
    )
    const large = { ...fields, token, reason: 'x'.repeat(20_000) }
    expect((await browser.post('/dead-letters/decide', large)).status).toBe(413)
    expect(origin).toMatch(/^http:\/\/127/)
  })
})

describe('releasing parked keys', () => {
  const key = { unit: 'debt-position-opener', key: 'payment-1' }

  it('is asked for by who is signed in, with a reason', async () => {
    await browser.signIn('ada')
    expect((await browser.get('/parked')).text).toContain(
      '/parked/release?unit=debt-position-opener&amp;key=payment-1',
    )
    const token = await browser.tokenOn(`/parked/release?${new URLSearchParams(key).toString()}`)
    const sent = { ...key, token, confirmed: 'on' }
    expect((await browser.post('/parked/release', sent)).status).toBe(400)
    expect((await browser.post('/parked/release', { ...sent, reason: 'it is back' })).status).toBe(
      200,
    )
    expect(released.at(-1)).toMatchObject({
      selection: { unit: 'debt-position-opener', orderKey: 'payment-1' },
      operator: { name: 'ada', from: 'page' },
      reason: 'it is back',
      isDryRun: false,
    })
  })

  it.each([
    '/parked/release?unit=payment-keeper&key=x',
    '/parked/release?unit=debt-position-opener',
  ])('is refused where nothing is named: %s', async (path) => {
    await browser.signIn('ada')
    expect((await browser.get(path)).status).toBe(400)
    expect(released).toEqual([])
  })
})
