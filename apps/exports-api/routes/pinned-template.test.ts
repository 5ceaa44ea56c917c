import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  bodyOf,
  exampleBody,
  type ExampleApi,
  startExampleApi,
} from '#apps/exports-api/example-api'
import { TransientError } from '#core/errors'

let api: ExampleApi
beforeEach(async () => {
  api = await startExampleApi()
})
afterEach(() => api.stop())

const withKey = { 'idempotency-key': 'press-1' }

describe('POST /exports of a template', () => {
  const put = (key: string) => api.templates.put(`templates/${key}`, Buffer.from('{}'))
  const pinned = () =>
    api.asked.map((asked) => asked.type === 'Create' && asked.create.terms.template)

  it('by its name pins the version that is current at that moment', async () => {
    await api.post(exampleBody({ template: 'receipt' }))
    await put('receipt/2.json')
    await api.post(exampleBody({ template: 'receipt' }))
    await put('receipt/2.withdrawn')
    await api.post(exampleBody({ template: 'receipt' }))
    expect(pinned()).toEqual(['receipt@1', 'receipt@2', 'receipt@1'])
  })

  it('by its version pins that one, though another is current', async () => {
    await put('receipt/2.json')
    await api.post(exampleBody({ template: 'receipt@1' }))
    expect(pinned()).toEqual(['receipt@1'])
  })

  it('is the same request by its key, though another version is current meanwhile', async () => {
    const body = exampleBody({ template: 'receipt' })
    await api.post(body, withKey)
    await put('receipt/2.json')
    const repeated = await api.post(body, withKey)
    expect([repeated.status, repeated.headers.get('idempotent-replayed')]).toEqual([202, 'true'])
    expect(pinned()).toEqual(['receipt@1'])
    const other = await api.post(exampleBody({ template: 'notice' }), withKey)
    expect(other.status).toBe(409)
  })

  it.each([
    ['slip', 'no-such-template', 'there is no such template'],
    ['receipt@3', 'no-such-template', 'there is no such template'],
    ['receipt@2', 'withdrawn-template', 'the template was withdrawn'],
    ['gone', 'withdrawn-template', 'the template was withdrawn'],
  ])('is refused as %s: %s', async (template, code, sentence) => {
    await put('receipt/2.json')
    await put('receipt/2.withdrawn')
    await put('gone/1.json')
    await put('gone/1.withdrawn')
    const answer = await api.post(exampleBody({ template }))
    expect(answer.status).toBe(422)
    const known = ['notice@1', 'receipt@1', 'statement@1']
    const detail = `${sentence}; those there are: ${known.join(', ')}`
    expect(await bodyOf(answer)).toMatchObject({ code, detail, known, pointer: '/template' })
    expect(api.asked).toEqual([])
  })

  it('that cannot be looked up is asked for later', async () => {
    api.templates.list = () => {
      throw new TransientError('the store is away')
    }
    expect((await api.post(exampleBody())).status).toBe(503)
    expect(api.asked).toEqual([])
  })
})
