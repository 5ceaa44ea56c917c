import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  bodyOf,
  exampleBody,
  type ExampleApi,
  startExampleApi,
} from '#apps/exports-api/example-api'

let api: ExampleApi
beforeEach(async () => {
  api = await startExampleApi()
})
afterEach(() => api.stop())

const notify = { email: 'ada@body.example', webhook: 'archive' }

describe('POST /exports with who is to be told', () => {
  it('puts that on the log with the page of the request, and nowhere else', async () => {
    const id = await api.request({ notify })
    const page = `https://exports.example/exports/${id}`
    expect(api.asked).toMatchObject([
      { create: { notify: { ...notify, language: 'es-CO', page } } },
    ])
    const shown = await (await api.call(`/exports/${id}`)).text()
    const listed = await (await api.call('/exports?tenant_id=tenant-a')).text()
    await api.decide(id)
    const decided = await (await api.call(`/exports/${id}`)).text()
    for (const text of [shown, listed, decided]) expect(text).toContain(id)
    expect([shown, listed, decided, JSON.stringify(api.logged)].join()).not.toMatch(/ada@|archive/)
  })

  it('is one request with a key, which is refused for telling somebody else', async () => {
    const withKey = { 'idempotency-key': 'press-1' }
    await api.post(exampleBody({ notify }), withKey)
    expect((await api.post(exampleBody({ notify }), withKey)).status).toBe(202)
    for (const other of [undefined, { ...notify, email: 'other@body.example' }]) {
      const answer = await api.post(exampleBody({ notify: other }), withKey)
      expect(await bodyOf(answer)).toMatchObject({ status: 409, code: 'other-request' })
    }
    expect(api.asked).toHaveLength(1)
  })

  it('refuses an address that is none, and does not repeat it', async () => {
    const answer = await api.post(exampleBody({ notify: { email: 'ada at home' } }))
    const problem = await answer.text()
    expect(answer.status).toBe(422)
    expect(JSON.parse(problem)).toMatchObject({ code: 'invalid-member', pointer: '/notify/email' })
    expect(problem + JSON.stringify(api.logged)).not.toContain('ada')
    expect(api.asked).toEqual([])
  })

  it('refuses a webhook of another tenant, and says which there are', async () => {
    const of = { tenant_id: 'tenant-b', notify: { webhook: 'archive' } }
    const answer = await api.post(exampleBody(of))
    expect(answer.status).toBe(422)
    expect(await bodyOf(answer)).toMatchObject({ code: 'no-such-webhook', known: ['audit'] })
    expect(api.asked).toEqual([])
  })
})
