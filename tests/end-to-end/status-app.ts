import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { configurationsOf, configured } from '#apps/corrente/seed'
import { hostile } from '#apps/operations/example-hostile'
import { desktop, hasBrowser, openBrowser } from '#tests/browser'
import { operatorOf } from '#tests/operator'
import type { Scene } from '#tests/scene'

const soon = { timeout: 20_000, interval: 500 }
const unit = 'payment-intake'

/** A person at the status app, in a browser, without a mouse. */
export function statusApp(sceneOf: () => Scene): void {
  let browser: Browser
  beforeAll(async () => {
    if (hasBrowser) browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it.skipIf(!hasBrowser)(
    'a dead letter is found and sent back by keys only, its payment completes, the audit says who did it',
    async () => {
      const scene = sceneOf()
      const { application, letter, mend } = await brokenApplication(scene)
      const page = await (await browser.newContext(desktop)).newPage()
      const at = (path: string) => page.goto(scene.addresses.operations + path)
      await at('/dead-letters')
      await signIn(page)
      await mend()
      const reason = `mended ${application.id} ${hostile}`
      await sendBack(page, letter, reason)
      await scene.reached(application.id, 'PAYMENT_PENDING')

      await at('/audit')
      const row = page.getByRole('row').filter({ hasText: application.id })
      for (const told of ['redrive', 'operator', 'page', reason, placeOf(letter)]) {
        expect(await row.textContent()).toContain(told)
      }
      await at(`/dead-letters/decide?action=redriven&unit=${unit}&${queryOf(letter)}`)
      expect(await mainOf(page)).toMatch(/0 dead letters of .*it was redriven at/s)

      const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')
      await scene.intermediary.pay(value.id)
      await scene.reached(application.id, 'COMPLETE')
      await at(`/payments?id=${application.id}`)
      expect(await mainOf(page)).toContain('COMPLETE')
      // Its reason may hold a tax code: no page shows it, whatever it holds.
      expect(await mainOf(page)).not.toContain('onerror')
      expect(await page.title()).not.toBe('ran')
      await press(page, 'Sign out')
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    },
  )
}

type Letter = Pick<ReturnType<Scene['on']>[number], 'partition' | 'offset'>

const placeOf = ({ partition, offset }: Letter) => `${unit}.dlq@${partition}:${offset}`
const queryOf = ({ partition, offset }: Letter) => `partition=${partition}&offset=${offset}`
const mainOf = (page: Page) => page.getByRole('main').innerText()

/** A body whose shares do not make the sum, an application that meets it, and the letter that comes of both. */
async function brokenApplication(scene: Scene) {
  const stack = inject('stack')
  const body = { connector: 'examplepay', tenant_id: randomUUID(), service_id: randomUUID() }
  const { tenant, service } = configurationsOf(stack, body)
  const split = [{ split_id: 'c_1', split_amount: 7 }]
  await configured(stack, body, { tenant, service: { ...service, split } })
  const given = scene.application('42.50', body)
  const payment_data = { ...given.payment_data, split: [], reason: hostile.slice(0, 140) }
  const application = { ...given, payment_data }
  await scene.apply(application)
  const letter = await scene.watch.until(`the dead letter of ${application.id}`, () =>
    scene.on(`${unit}.dlq`, ({ key }) => key === body.service_id).at(0),
  )
  expect(letter.headers['dlq.error']).toBe('bad-configuration')
  return { application, letter, mend: () => configured(stack, body, { tenant, service }) }
}

async function signIn(page: Page): Promise<void> {
  const { login, password } = operatorOf(inject('stack'))
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Dead letters' }).waitFor()
}

/** From the list of dead letters to the answer that it was sent back. */
async function sendBack(page: Page, letter: Letter, reason: string): Promise<void> {
  const link = page.getByRole('link', { name: placeOf(letter), exact: true })
  const seen = async () => {
    await page.reload()
    return link.count()
  }
  await expect.poll(seen, soon).toBe(1)
  await press(page, placeOf(letter))
  await press(page, 'Send it back…')
  expect(await mainOf(page)).toContain('Nothing is done yet')
  await tabTo(page, 'Why')
  await page.keyboard.type(reason)
  await tabTo(page, 'Yes, 1 dead letter')
  await page.keyboard.press('Space')
  await press(page, 'Send back')
  await page.getByRole('heading', { name: '1 dead letter sent back' }).waitFor()
}

/** Goes from one to the next by Tab, until one of that name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 300; n++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return (element?.labels?.[0] ?? element)?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
    })
    if (found === name) return
  }
  throw new Error(`no key leads to ${name}`)
}

/** Follows a link, or presses a button, to the next page. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}
