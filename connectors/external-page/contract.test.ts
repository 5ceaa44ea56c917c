import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleSecret } from '#connectors/external-page/example-configuration'
import { externalPage } from '#connectors/external-page/index'
import { startExternalPageSandbox } from '#connectors/external-page/sandbox'
import { exampleOnlinePayment } from '#sandboxes/example-payment'
import type { ExternalPageTenant } from '#connectors/external-page/config'
import type { ExternalPageSandbox } from '#connectors/external-page/sandbox'
import type { Configuration, OnlinePayment } from '#ports/intermediary'

/**
 * What we rely on of a page, held against the sandbox and, where it is told, against a real one for tests:
 * EXTERNAL_PAGE_URL is its address with what it asks for in braces, EXTERNAL_PAGE_KEY the secret agreed with it,
 * EXTERNAL_PAGE_STATUS_URL the address that tells a state, if it has one. No money can move: pages are opened, and
 * nothing on them is ever pressed; the payments are new ones that exist nowhere.
 */
const { EXTERNAL_PAGE_URL, EXTERNAL_PAGE_KEY, EXTERNAL_PAGE_STATUS_URL } = process.env
let sandbox: ExternalPageSandbox
beforeAll(async () => {
  sandbox = await startExternalPageSandbox({ signing_secret: exampleSecret })
})
afterAll(() => sandbox.stop())

interface Target {
  readonly name: string
  readonly tellsStates: boolean
  /** Called while its tests run, when the sandbox is there. */
  readonly tenantOf: () => ExternalPageTenant
}

const timeout_ms = 5_000
const ours: Target = {
  name: 'the sandbox',
  tellsStates: true,
  tenantOf: () => ({
    page_url: sandbox.pageUrl,
    status_url: sandbox.statusUrl,
    signing_secret: exampleSecret,
    timeout_ms,
  }),
}

/** The real page; none, and the reason printed, where the environment names none. */
function real(): readonly Target[] {
  const [page_url, signing_secret] = [EXTERNAL_PAGE_URL, EXTERNAL_PAGE_KEY]
  const status_url = EXTERNAL_PAGE_STATUS_URL
  const say = (what: string, names: string) =>
    process.stdout.write(`the contract of the external page: no ${what}, set ${names}\n`)
  if (page_url === undefined || signing_secret === undefined) {
    say('real page is asked', 'EXTERNAL_PAGE_URL and EXTERNAL_PAGE_KEY')
    return []
  }
  if (status_url === undefined) say('state is asked for', 'EXTERNAL_PAGE_STATUS_URL')
  const tenant = { page_url, status_url, signing_secret, timeout_ms }
  return [{ name: 'a real page', tellsStates: status_url !== undefined, tenantOf: () => tenant }]
}

const newPayment = (): OnlinePayment => ({
  ...exampleOnlinePayment(100),
  iud: randomUUID().replaceAll('-', ''),
  addresses: { landing: 'https://nobody.invalid/landing', notify: 'https://nobody.invalid/notify' },
})

describe.each([ours, ...real()])('$name', ({ tenantOf, tellsStates }) => {
  const configuration = (changes = {}): Configuration => ({
    tenant: { ...tenantOf(), ...changes },
    service: { due_type: 'TEST', description: 'Contract test' },
  })
  const otherSecret = { signing_secret: 'whoever does not know the secret signs with this' }
  const urlOf = async (changes = {}) =>
    (await externalPage.connect(configuration(changes)).beginOnlinePayment(newPayment())).url
  const open = (url: string) => fetch(url, { redirect: 'manual' })

  it('takes our signature on trial, and not another', async () => {
    const signal = AbortSignal.timeout(10_000)
    await externalPage.probe!(configuration()).tryCredentials(signal)
    const other = externalPage.probe!(configuration(otherSecret))
    await expect(other.tryCredentials(signal)).rejects.toThrow()
  })

  it('shows a page to whoever comes by a signed address', async () => {
    const answer = await open(await urlOf())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it('shows it again where the payer loads it again', async () => {
    const url = await urlOf()
    for (const _ of [1, 2]) expect((await open(url)).status).toBe(200)
  })

  it('refuses an address signed by another', async () => {
    const { status } = await open(await urlOf(otherSecret))
    expect([400, 401, 403]).toContain(status)
  })

  it('refuses an address that was changed', async () => {
    const url = new URL(await urlOf())
    for (const [parameter, value] of url.searchParams) {
      if (value === '') continue
      const changed = new URL(url)
      changed.searchParams.set(parameter, `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`)
      const { status } = await open(changed.href)
      expect([400, 401, 403], parameter).toContain(status)
    }
  })

  if (!tellsStates) return

  it('has not heard of a payment that nobody opened', async () => {
    const { findSettlement } = externalPage.connect(configuration())
    expect(await findSettlement(newPayment().iud)).toEqual({ state: 'pending' })
  })

  if (!tellsStates) return

  it('has nothing paid where the page was only opened', async () => {
    const payment = newPayment()
    const { beginOnlinePayment, findSettlement } = externalPage.connect(configuration())
    await open((await beginOnlinePayment(payment)).url)
    expect(await findSettlement(payment.iud)).toEqual({ state: 'pending' })
  })

  it('tells a state to nobody who signs with another secret', async () => {
    const { findSettlement } = externalPage.connect(configuration(otherSecret))
    await expect(findSettlement(newPayment().iud)).rejects.toThrow()
  })
})
