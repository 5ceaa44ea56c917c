import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedWebhooks } from '#connectors/webhook/index'
import {
  startWebhookSandbox,
  type WebhookSandbox,
  webhookScenes,
} from '#connectors/webhook/sandbox'
import { TransientError } from '#core/errors'

const secret = 'an-example-secret-of-32-characters'
let sandbox: WebhookSandbox
beforeAll(async () => {
  sandbox = await startWebhookSandbox({ secret })
})
afterAll(() => sandbox.stop())

const webhooksWith = (secrets: readonly string[], timeout_ms = 300) =>
  signedWebhooks({
    timeout_ms,
    webhooks: [
      ...Object.keys(webhookScenes).map((name) => ({ name, url: `${sandbox.url}/${name}` })),
      { name: 'nowhere', url: 'http://127.0.0.1:9/' },
      { name: 'link', url: 'http://169.254.169.254/latest' },
      { name: 'moved', url: `${sandbox.url}/no-such-scene` },
    ].map((one) => ({ ...one, secrets: [...secrets] })),
  })
const bodyOf = (id: string) => JSON.stringify({ id, type: 'export-ready@1', data: { a: 'é' } })
const post = (name: string, id = name, signal = new AbortController().signal) =>
  webhooksWith([secret]).post({ name, body: bodyOf(id) }, signal)
const cameTo = (scene: string) => sandbox.events().filter((event) => event.scene === scene)

describe('a webhook', () => {
  it('gets the event byte by byte, signed', async () => {
    await post('taken')
    expect(cameTo('taken').map(({ body }) => body)).toEqual([bodyOf('taken')])
  })

  it('may be between two secrets', async () => {
    const other = 'another-secret-of-32-characters!'
    const event = { name: 'taken', body: bodyOf('between') }
    const { signal } = new AbortController()
    await webhooksWith([other, secret]).post(event, signal)
    await expect(webhooksWith([other]).post(event, signal)).rejects.toThrow(
      new TransientError('webhook taken answered 401'),
    )
  })

  it('that answers 410 wants no more of it', async () => {
    await expect(post('gone')).rejects.toMatchObject({
      name: 'RejectedError',
      code: 'webhook-410',
      message: 'webhook gone wants no more of it (410)',
    })
  })

  it('that redirects is not followed', async () => {
    const before = cameTo('taken').length
    await expect(post('redirecting')).rejects.toThrow(
      new TransientError('webhook redirecting answered 302'),
    )
    expect(cameTo('taken')).toHaveLength(before)
  })

  it.each([
    ['hanging', 'ECONNABORTED'],
    ['dripping', 'ECONNABORTED'],
    ['nowhere', 'ECONNREFUSED'],
    ['link', 'link-local-host'],
  ])('that is %s is tried again', async (name, code) => {
    const begun = performance.now()
    await expect(post(name)).rejects.toThrow(
      new TransientError(`webhook ${name} gave no answer (${code})`),
    )
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  it.each([
    ['later', 503],
    ['moved', 404],
  ])('that answers %s is tried again, too', async (name, status) => {
    await expect(post(name)).rejects.toThrow(
      new TransientError(`webhook ${name} answered ${status}`),
    )
  })

  it('that was down takes it at the next try', async () => {
    await expect(post('later', 'again')).rejects.toThrow(TransientError)
    await post('later', 'again')
  })

  it('is given up when its caller gives up', async () => {
    const started = post('hanging', 'given-up', AbortSignal.timeout(50))
    await expect(started).rejects.toThrow(TransientError)
  })

  it('that the settings do not name is waited for, and its name not repeated', async () => {
    await expect(post('ada@body.example')).rejects.toThrow(
      new TransientError('the settings have no webhook of this name', { isOfParty: false }),
    )
  })
})

describe('the settings of webhooks', () => {
  const good = { name: 'archive', url: 'https://body.example/hooks', secrets: [secret] }
  it.each([
    ['a name of others', [{ ...good, name: 'Ada' }]],
    ['two alike', [good, good]],
    ['no secret', [{ ...good, secrets: [] }]],
    ['a short secret', [{ ...good, secrets: ['short'] }]],
    ['no web address', [{ ...good, url: 'ftp://body.example' }]],
  ])('are refused with %s', (_what, webhooks) => {
    expect(() => signedWebhooks({ webhooks })).toThrow()
  })

  it('wait ten seconds for an answer and no longer', () => {
    expect(() => signedWebhooks({ webhooks: [], timeout_ms: 10_001 })).toThrow()
  })
})
