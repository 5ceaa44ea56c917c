import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExampleBrowser, exampleSignIn } from '#apps/operations/example-browser'
import { everyPage, hostile, hostilePorts } from '#apps/operations/example-hostile'
import { operations } from '#apps/operations/operations'
import { listen, type Listening } from '#apps/platform/http'

let server: Listening
let browser: ExampleBrowser
beforeAll(async () => {
  const { signIn } = await exampleSignIn()
  server = await listen(operations(hostilePorts({ signIn })), 0)
  browser = new ExampleBrowser(server.url)
  await browser.signIn('ada')
})
afterAll(() => server.close())

describe('a page that shows what others have written', () => {
  it.each(everyPage)('%s has it as text, and forbids scripts besides', async (path) => {
    const { text, headers } = await browser.get(path)
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<img')
    expect(text).not.toContain(hostile)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('does not show what a payment is for, which may hold a tax code', async () => {
    const path = everyPage.find((one) => /^\/payments\/[0-9a-f]/.test(one))!
    const shown = (await browser.get(path)).text.match(/&lt;script&gt;/g) ?? []
    // What happened and who wrote it; the red sentences above are four.
    const red = (await browser.get('/lag')).text.match(/&lt;script&gt;/g) ?? []
    expect(shown.length - red.length).toBe(2)
  })

  it.each([
    '/payments?id=%0d%0aset-cookie:%20a=b',
    '/dead-letters/decide?unit=x%0d%0ay&action=dropped',
    '/sign-in?to=/%0d%0aset-cookie:a=b',
  ])('adds no header for %s', async (path) => {
    const { headers, status } = await browser.get(path)
    expect(status).toBeGreaterThanOrEqual(300)
    expect(String(headers['set-cookie'] ?? '')).not.toContain('a=b')
    expect(String(headers.location ?? '')).not.toMatch(/[\r\n]/)
  })
})
