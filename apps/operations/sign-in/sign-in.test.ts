import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExampleBrowser, exampleSignIn } from '#apps/operations/example-browser'
import { examplePorts } from '#apps/operations/example-ports'
import { operations } from '#apps/operations/operations'
import { attemptsMax, windowMs } from '#apps/operations/sign-in/check-password'
import { idleSeconds } from '#apps/operations/sign-in/sessions'
import { listen } from '#apps/platform/http'

const pages = [
  '/',
  '/payments',
  '/dead-letters',
  '/dead-letters/decide?unit=payment-keeper&action=redriven',
  '/parked',
  '/circuits',
  '/lag',
  '/configuration',
  '/audit',
]
const stops: (() => Promise<void>)[] = []
let held: Awaited<ReturnType<typeof exampleSignIn>>['held']
let url = ''
let browser: ExampleBrowser

const served = async (signIn: Awaited<ReturnType<typeof exampleSignIn>>['signIn']) => {
  const server = await listen(operations(examplePorts({ signIn })), 0)
  stops.push(server.close)
  return server.url
}
let signIn: Awaited<ReturnType<typeof exampleSignIn>>['signIn']
beforeEach(async () => {
  ;({ held, signIn } = await exampleSignIn())
  url = await served(signIn)
  browser = new ExampleBrowser(url)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

describe('without a session', () => {
  it.each([...pages, '/payments/x', '/nothing'])(
    '%s leads to the sign-in, and back',
    async (path) => {
      const { status, headers, text } = await browser.get(path)
      expect([status, headers.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`])
      expect(text).not.toContain('payment-keeper has')
    },
  )

  it('machines read the status and the metrics, and nothing is changed', async () => {
    expect((await browser.get('/status')).status).toBe(200)
    expect((await browser.get('/metrics')).status).toBe(200)
    expect((await browser.post('/dead-letters/decide', {})).status).toBe(401)
  })
})

describe('signing in', () => {
  it('gives a new session, kept from scripts and other sites, and leads where one wanted to go', async () => {
    await browser.get('/sign-in')
    const before = browser.cookie
    const { status, headers } = await browser.signIn('ada', undefined, '/lag?unit=payment-keeper')
    expect([status, headers.location]).toEqual([303, '/lag?unit=payment-keeper'])
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^corrente-operations=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
    expect(browser.cookie).not.toBe(before)
    const page = await browser.get('/')
    expect(page.text).toContain('ada (operator)')
    expect(page.headers['cache-control']).toBe('no-store')
  })

  it('names its cookie for this host alone where it is reached over https', async () => {
    const https = await exampleSignIn(true)
    const behindTls = new ExampleBrowser(await served(https.signIn))
    const host = { host: 'corrente.example' }
    const [cookie] = (await behindTls.get('/sign-in', host)).headers['set-cookie'] as string[]
    expect(cookie).toMatch(
      /^__Host-corrente-operations=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect((await behindTls.get('/sign-in', { host: 'elsewhere.example' })).status).toBe(421)
  })

  it.each([
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example/', '/'],
    ['/x\r\nset-cookie: a=b', '/'],
    ['/sign-out', '/'],
    ['/payments?status=COMPLETE', '/payments?status=COMPLETE'],
  ])('from %j leads to %s and adds no header', async (to, location) => {
    const { headers } = await browser.signIn('ada', undefined, to)
    expect(headers.location).toBe(location)
    expect(headers['set-cookie']).toHaveLength(1)
  })

  it('says the same of a wrong password and of nobody', async () => {
    const answers = [await browser.signIn('ada', 'wrong'), await browser.signIn('nobody', 'wrong')]
    const said = answers.map(({ status, text }) => [status, text.replace(/value="[^"]*"/g, '')])
    expect(said[0]).toEqual(said[1])
    expect(said[0]![0]).toBe(401)
    expect((await browser.get('/')).status).toBe(303)
  })

  it('is held off after too many failures, also with the right password, and then allowed', async () => {
    for (let n = 0; n < attemptsMax.pair; n++) {
      expect((await browser.signIn('ada', 'wrong')).status).toBe(401)
    }
    const refused = await browser.signIn('ada')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBe(windowMs / 1_000)
    expect((await browser.signIn('vera')).status).toBe(303)
    held.nowMs += windowMs
    expect((await new ExampleBrowser(url).signIn('ada')).status).toBe(303)
  })

  it('takes no form of another session, of another site, or without its token', async () => {
    const fields = { login: 'ada', password: 'x', to: '/' }
    const token = await browser.tokenOn('/sign-in')
    const stranger = await new ExampleBrowser(url).tokenOn('/sign-in')
    expect((await browser.post('/sign-in', { ...fields, token: stranger })).status).toBe(403)
    expect((await browser.post('/sign-in', fields)).status).toBe(403)
    const elsewhere = { origin: 'http://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect((await browser.post('/sign-in', { ...fields, token }, elsewhere)).status).toBe(403)
    expect((await browser.post('/sign-in', { ...fields, token }, { origin: 'null' })).status).toBe(
      403,
    )
  })
})

describe('a session', () => {
  it('ends by signing out, also for who kept the cookie', async () => {
    await browser.signIn('ada')
    const kept = browser.cookie
    const token = await browser.tokenOn('/')
    expect((await browser.post('/sign-out', { token: 'x' })).status).toBe(403)
    const out = await browser.post('/sign-out', { token })
    expect([out.status, browser.cookie]).toEqual([303, undefined])
    browser.cookie = kept
    expect((await browser.get('/')).status).toBe(303)
  })

  it('goes on while it is used, and ends when it is not', async () => {
    await browser.signIn('ada')
    for (let n = 0; n < 3; n++) {
      held.nowMs += (idleSeconds - 60) * 1_000
      expect((await browser.get('/')).status).toBe(200)
    }
    held.nowMs += idleSeconds * 1_000
    expect((await browser.get('/')).status).toBe(303)
  })

  it('is one for every replica that reads the same file', async () => {
    await browser.signIn('ada')
    const other = new ExampleBrowser(await served(signIn))
    other.cookie = browser.cookie
    expect((await other.get('/')).text).toContain('ada (operator)')
  })

  it('ends at once where its operator is removed or gets another role', async () => {
    await browser.signIn('ada')
    const [ada, vera] = held.known.operators
    held.known = { ...held.known, operators: [{ ...ada!, role: 'viewer' }, vera!] }
    expect((await browser.get('/')).status).toBe(303)
  })

  it('is none where it is forged, cut off or doubled', async () => {
    await browser.signIn('ada')
    const right = browser.cookie!
    for (const forged of [
      right.slice(0, -2),
      `${right}; ${right}`,
      `corrente-operations=${'x'.repeat(5_000)}`,
      'corrente-operations=',
    ]) {
      browser.cookie = forged
      expect((await browser.get('/')).status, forged.slice(0, 60)).toBe(303)
    }
    browser.cookie = right
    expect((await browser.get('/')).status).toBe(200)
  })

  it('lets nobody in while the file of operators cannot be read, and the status says so', async () => {
    await browser.signIn('ada')
    held.problem = 'the file of operators cannot be read'
    expect((await browser.get('/')).status).toBe(503)
    const status = await browser.get('/status')
    expect(status.status).toBe(503)
    expect(status.text).toContain('the file of operators cannot be read')
  })
})

describe('without a file of operators', () => {
  it('whoever is on this machine sees, by its own names only, and nobody changes anything', async () => {
    const open = new ExampleBrowser(await served(undefined as never))
    expect((await open.get('/')).status).toBe(200)
    expect((await open.get('/', { host: 'elsewhere.example' })).status).toBe(421)
    expect((await open.get('/sign-in')).status).toBe(404)
    expect((await open.post('/dead-letters/decide', {})).status).toBe(403)
  })
})
