import { type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleSignIn } from '#apps/operations/example-browser'
import { everyPage, hostilePorts } from '#apps/operations/example-hostile'
import { operations } from '#apps/operations/operations'
import { examplePassword } from '#apps/operations/sign-in/example-operators'
import { listen, type Listening } from '#apps/platform/http'
import { desktop, faultsOf, hasBrowser, openBrowser, overflowOf, phone } from '#tests/browser'

let browser: Browser
let server: Listening
beforeAll(async () => {
  if (!hasBrowser) return
  const { signIn } = await exampleSignIn()
  server = await listen(operations(hostilePorts({ signIn: { ...signIn, now: Date.now } })), 0)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** A browser of its own, signed in. */
async function signedIn(look: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(look)
  const page = await context.newPage()
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('Login').fill('ada')
  await page.getByLabel('Password').fill(examplePassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.close()
  return context
}

// Each device with one of the colours: that there are two makes no difference to what stands where.
const looks = [
  ['desktop', 'light', { ...desktop, colorScheme: 'light' }],
  ['phone', 'dark', { ...phone, colorScheme: 'dark' }],
] as const
/** For all pages and their checks, on a machine that has much to do. */
const pagesMsMax = 180_000
const shots = process.env['OPERATIONS_SHOTS']

describe.skipIf(!hasBrowser)('the pages, whatever others have written', () => {
  it.each(looks)(
    'are usable on a %s, %s: no fault of accessibility, nothing beside the window, no script that runs',
    async (device, colours, look) => {
      const context = await signedIn(look)
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      const found: Record<string, unknown> = {}
      for (const path of everyPage) {
        await page.goto(server.url + path)
        expect(await page.title(), path).not.toBe('ran')
        expect(await page.locator('script, img').count(), path).toBe(0)
        const faults = await faultsOf(page)
        const overflow = await overflowOf(page)
        if (faults.length > 0 || overflow > 0) found[path] = { faults, overflow }
        const name = `${path.replace(/\W+/g, '-')}-${device}-${colours}.png`
        if (shots) await page.screenshot({ path: `${shots}/${name}`, fullPage: true })
      }
      await context.close()
      expect(found).toEqual({})
      expect(errors).toEqual([])
    },
    pagesMsMax,
  )

  it('are reached past the links above them by one key', async () => {
    const context = await signedIn(desktop)
    const page = await context.newPage()
    await page.goto(`${server.url}/lag`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await context.close()
  })

  it('ask who comes, on a phone too', async () => {
    const context = await browser.newContext(phone)
    const page = await context.newPage()
    await page.goto(`${server.url}/lag`)
    expect(page.url()).toBe(`${server.url}/sign-in?to=%2Flag`)
    expect(await faultsOf(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    if (shots) await page.screenshot({ path: `${shots}/sign-in-phone.png` })
    await context.close()
  })
})
