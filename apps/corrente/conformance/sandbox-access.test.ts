import { exampleOnlinePayment } from '#sandboxes/example-payment'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examplePlan } from '#apps/corrente/conformance/example-plan'
import type { Json } from '#apps/corrente/conformance/observed'
import { sandboxAccess } from '#apps/corrente/conformance/sandbox-access'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'
import { type ExamplepaySandbox, startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import { externalPage } from '#connectors/external-page/index'
import {
  type ExternalPageSandbox,
  startExternalPageSandbox,
} from '#connectors/external-page/sandbox'
import { type MypaySandbox, startMypaySandbox } from '#connectors/mypay/sandbox'

const { signal } = new AbortController()
const iudOf = (payment: Json) => (payment['payment'] as { readonly iud: string }).iud
const landingOf = (payment: Json) =>
  (payment['links'] as { readonly online_payment_landing: { readonly url: string } })
    .online_payment_landing.url

describe('the sandbox of examplepay', () => {
  let sandbox: ExamplepaySandbox
  beforeAll(async () => {
    sandbox = await startExamplepaySandbox({
      api_key: 'a-key',
      notify_secret: 'a-secret-of-16-chars',
    })
  })
  afterAll(() => sandbox.stop())
  const access = () =>
    sandboxAccess('examplepay', {
      tenant: { base_url: sandbox.url, api_key: 'a-key', notify_secret: 'a-secret-of-16-chars' },
      service: { due_type: 'CANONE' },
    })

  it('opens a debt that no proxy knows of, and has it paid', async () => {
    const payment = trialPayment(examplePlan)
    const numbers = await access().openDue!(payment, signal)
    expect(numbers.notice_code).toMatch(/^\d{18}$/)
    await access().pay!(payment, signal)
    expect(sandbox.counters(iudOf(payment))).toMatchObject({ debt_positions: 1, settlements: 1 })
  })

  it('says by its page where payers come back to', async () => {
    const other = trialPayment(examplePlan)
    await access().openDue!(other, signal)
    const session = await fetch(`${sandbox.url}/pendencies/${iudOf(other)}/sessions`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-key' },
    })
    const { url } = (await session.json()) as { readonly url: string }
    expect(await access().landingUrl!(other, url, signal)).toBe(landingOf(other))
  })

  it('excuses no event without a number', async () => {
    const payment = trialPayment(examplePlan)
    await access().openDue!(payment, signal)
    expect(await access().whyUnnumbered!(payment, signal)).toBeUndefined()
  })
})

describe('the sandbox of an external page', () => {
  const signing_secret = 'example-secret-of-the-page-01234567'
  let sandbox: ExternalPageSandbox
  beforeAll(async () => void (sandbox = await startExternalPageSandbox({ signing_secret })))
  afterAll(() => sandbox.stop())
  const forms = () => ({
    tenant: { page_url: sandbox.pageUrl, status_url: sandbox.statusUrl, signing_secret },
    service: { due_type: 'CANONE', description: 'Canone unico' },
  })
  const access = () => sandboxAccess('external-page', forms())

  it('has what was opened paid, and says by its page where payers come back to', async () => {
    const payment = trialPayment(examplePlan)
    await expect(access().pay!(payment, signal)).rejects.toThrow(/\/pay-now\/\w{32}: 404$/)
    const { url } = await externalPage.connect(forms()).beginOnlinePayment({
      ...exampleOnlinePayment(100),
      iud: iudOf(payment),
      addresses: { landing: landingOf(payment), notify: 'http://127.0.0.1:9/' },
    })
    expect(await access().landingUrl!(payment, url, signal)).toBe(landingOf(payment))
    await access().pay!(payment, signal)
    expect(sandbox.counters(iudOf(payment))).toMatchObject({ pages: 1, settlements: 1 })
  })

  it('opens no debts, and gives no numbers', async () => {
    const payment = trialPayment(examplePlan)
    await expect(access().openDue!(payment, signal)).rejects.toThrow('external-page opens none')
    expect(await access().whyUnnumbered!(payment, signal)).toBe(
      'external-page gives no numbers to pay by',
    )
  })
})

describe('the sandbox of mypay', () => {
  const body = { ipa_code: 'C_BUG', password: 'prova-prova' }
  let sandbox: MypaySandbox
  beforeAll(async () => {
    sandbox = await startMypaySandbox({ ...body, notify_secret: 'a-secret-of-16-chars' })
  })
  afterAll(() => sandbox.stop())

  it("opens a debt that names only by its service's configuration what must be told", async () => {
    const payment = trialPayment(examplePlan)
    const { openDue } = sandboxAccess('mypay', {
      tenant: { ...body, base_url: sandbox.endpoint, segregation_code: '99' },
      service: { due_type: 'CANONE', collection_data: '9/0101002IM/' },
    })
    expect((await openDue!(payment, signal)).iuv).toMatch(/^99\d{15}$/)
    expect(sandbox.counters(iudOf(payment))).toMatchObject({ debt_positions: 1 })
  })
})
