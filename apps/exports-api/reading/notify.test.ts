import { describe, expect, it } from 'vitest'
import { exampleBody } from '#apps/exports-api/example-api'
import { notifyOf } from '#apps/exports-api/reading/notify'
import { wantedIn } from '#apps/exports-api/reading/wanted'
import { Problem } from '#apps/platform/problem'

const email = 'ada@body.example'
const wantedOf = (notify: unknown, changes = {}) =>
  wantedIn(exampleBody({ notify, ...changes })).notify

function refusedOf(ask: () => unknown): Problem {
  try {
    ask()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('who is to be told', () => {
  it('is an address, a webhook or both, in a language that is named', () => {
    expect(wantedOf({ email, language: 'pt-BR' })).toEqual({
      ...{ email, webhook: null, language: 'pt-BR' },
    })
    expect(wantedOf({ email, webhook: 'archive', language: 'en' })).toMatchObject({
      ...{ email, webhook: 'archive' },
    })
    expect(wantedOf({ webhook: 'archive', email: null })).toMatchObject({ email: null })
  })

  it('is nobody where the body says nothing of it', () => {
    expect([wantedOf(undefined), wantedOf(null)]).toEqual([null, null])
  })

  it.each([
    ['es-PE', 'es-PE'],
    ['es-MX', 'es-CO'],
    ['pt-PT', 'pt-BR'],
    ['it', 'it-IT'],
    ['en-GB', 'en'],
    ['de', 'en'],
  ])('hears of documents in %s in %s', (language, spoken) => {
    expect(wantedOf({ email }, { language })).toMatchObject({ language: spoken })
  })

  it.each([
    [{ email: 'ada' }, '/notify/email', 'is no e-mail address'],
    [{ email: 'Ada <ada@body.example>' }, '/notify/email', 'is no e-mail address'],
    [{ email: `${email}\r\nBcc: other@body.example` }, '/notify/email', 'is no e-mail address'],
    [{ email: 7 }, '/notify/email', 'must be text'],
    [{ webhook: 'https://ada.example/hook' }, '/notify/webhook', 'must be the name of a webhook'],
    [{ email, language: 'de' }, '/notify/language', 'must be one of es-PE, es-CO, pt-BR'],
    [{}, '/notify', 'must have email, webhook or both'],
    [{ email: null }, '/notify', 'must have email, webhook or both'],
    [email, '/notify', 'must be an object'],
  ])('is not %j, and nothing of it is repeated', (notify, pointer, why) => {
    const { status, message, members } = refusedOf(() => wantedOf(notify))
    expect([status, members]).toMatchObject([422, { code: 'invalid-member', pointer }])
    expect(message).toContain(why)
    expect(message).not.toMatch(/ada/i)
  })

  it('has no members but these', () => {
    const problem = refusedOf(() => wantedOf({ email, url: 'https://ada.example' }))
    expect(problem.members).toMatchObject({ code: 'unknown-member' })
  })
})

describe('whom this installation tells', () => {
  const pageUrl = 'https://exports.example/exports'
  const webhooks = [
    { tenant: 'tenant-a', webhook: 'archive' },
    { tenant: '*', webhook: 'audit' },
  ]
  const ofTenant = (tenant_id: string) => ({ tenant_id, request_id: 'r-1' })
  const archive = { email: null, webhook: 'archive', language: 'en' } as const

  it('is told of the page of the request', () => {
    expect(notifyOf({ pageUrl, webhooks }, ofTenant('tenant-a'), archive)).toEqual({
      ...{ ...archive, page: `${pageUrl}/r-1` },
    })
  })

  it('is a webhook of the tenant, or of all', () => {
    const notifying = { pageUrl, webhooks }
    const audit = { ...archive, webhook: 'audit' }
    expect(notifyOf(notifying, ofTenant('tenant-b'), audit)).toMatchObject({ webhook: 'audit' })
    const problem = refusedOf(() => notifyOf(notifying, ofTenant('tenant-b'), archive))
    expect(problem.members).toEqual({
      code: 'no-such-webhook',
      pointer: '/notify/webhook',
      known: ['audit'],
    })
    const none = refusedOf(() => notifyOf({ pageUrl, webhooks: [] }, ofTenant('tenant-b'), audit))
    expect(none.message).toBe('the tenant has no such webhook; those it has are: none')
  })

  it('is nobody where it is not said where a request is shown', () => {
    const notifying = { pageUrl: undefined, webhooks: [] }
    const problem = refusedOf(() => notifyOf(notifying, ofTenant('tenant-a'), archive))
    expect(problem.members).toMatchObject({ code: 'nobody-notified', pointer: '/notify' })
    expect(notifyOf(notifying, ofTenant('tenant-a'), null)).toBeNull()
  })
})
