import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleConfiguration,
  exampleSecret,
} from '#connectors/external-page/example-configuration'
import { exampleOnlinePayment, examplePayment, iudFor } from '#sandboxes/example-payment'
import { externalPage } from '#connectors/external-page/index'
import { startExternalPageSandbox } from '#connectors/external-page/sandbox'
import type { ExternalPageSandbox } from '#connectors/external-page/sandbox'
import type { Configuration } from '#ports/intermediary'

/** A configuration whose forms have other members. */
const changed = (before: Configuration, forms: { tenant?: object; service?: object }) =>
  ({
    tenant: { ...(before.tenant as object), ...forms.tenant },
    service: { ...(before.service as object), ...forms.service },
  }) as Configuration

describe('an external page is tried out', () => {
  let sandbox: ExternalPageSandbox
  beforeAll(async () => {
    sandbox = await startExternalPageSandbox({ signing_secret: exampleSecret })
  })
  afterAll(() => sandbox.stop())

  const configuration = () => exampleConfiguration(sandbox)
  const tried = (tenant: object) => {
    const { tryCredentials } = externalPage.probe!(changed(configuration(), { tenant }))
    return tryCredentials(AbortSignal.timeout(5_000))
  }

  it('without opening it', async () => {
    const { pages } = sandbox.counters()
    const probe = externalPage.probe!(configuration())
    expect(probe.url).toBe(sandbox.url)
    expect(probe.openAndCancel).toBeUndefined()
    await probe.tryCredentials(AbortSignal.timeout(5_000))
    expect(sandbox.counters().pages).toBe(pages)
  })

  it('and does not take another secret', async () => {
    const signing_secret = `${exampleSecret}!`
    await expect(tried({ signing_secret })).rejects.toMatchObject({ code: 'signature-refused' })
  })

  it('and is missed where only its state cannot be asked for', async () => {
    const status_url = sandbox.statusUrl.replace('/status', '/nowhere')
    await expect(tried({ status_url })).rejects.toMatchObject({ code: 'external-page-404' })
  })
})

describe('an external page is configured', () => {
  const right = exampleConfiguration({
    pageUrl: 'https://pay.example/?a={iud}&b={amount}&c={landing}&d={time}&e={nonce}',
  })
  const bad = expect.objectContaining({ code: 'bad-configuration' }) as Error

  it.each([
    ['tenant.page_url', { tenant: { page_url: 'https://pay.example/' } }],
    ['tenant.page_url', { tenant: { page_url: undefined } }],
    ['tenant.status_url', { tenant: { status_url: 'https://pay.example/status' } }],
    ['tenant.signing_secret', { tenant: { signing_secret: 'too short' } }],
    ['tenant.timeout_ms', { tenant: { timeout_ms: 60_000 } }],
  ])('and says that %s is wrong', (member, forms) => {
    const connecting = () => externalPage.connect(changed(right, forms))
    expect(connecting).toThrow(bad)
    expect(connecting).toThrow(new RegExp(`^${member}: `))
    expect(() => externalPage.connect(right)).not.toThrow()
  })

  const asking = 'https://pay.example/?a={iud}&b={amount}&c={landing}&d={time}&e={nonce}&f='
  it.each([
    ['service.page_url', { page_url: 'https://pay.example/' }],
    ['service.due_type', { page_url: `${asking}{due_type}`, due_type: undefined }],
    ['service.description', { page_url: `${asking}{description}`, description: undefined }],
  ])('and follows what was paid where %s became wrong, but sends nobody', async (member, form) => {
    const wrong = changed(right, { service: form })
    const { findSettlement, beginOnlinePayment } = externalPage.connect(wrong)
    expect(await findSettlement(iudFor(4250))).toEqual({ state: 'pending' })
    await expect(beginOnlinePayment(exampleOnlinePayment(4250))).rejects.toThrow(bad)
    const composing = () => externalPage.composeOpening(examplePayment(), wrong)
    expect(composing).toThrow(bad)
    expect(composing).toThrow(new RegExp(`^${member.replace('.', '\\.')}: `))
  })
})
