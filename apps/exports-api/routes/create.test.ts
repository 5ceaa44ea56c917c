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

describe('POST /exports', () => {
  it('answers where to ask, once the request is on the log with the state of its movements', async () => {
    const answer = await api.post(exampleBody({ filter: { day: 1 } }))
    expect(answer.status).toBe(202)
    const { request_id, status_url } = await bodyOf(answer)
    expect(status_url).toBe(`/exports/${String(request_id)}`)
    expect(answer.headers.get('location')).toBe(status_url)
    expect(api.asked).toEqual([
      {
        request_id,
        type: 'Create',
        create: {
          requested_by: 'back',
          terms: {
            ...exampleBody({ filter: '{"day":1}' }),
            data_version: 'v1',
            tolerated_failures: 0,
            tolerated_percent: 0,
            lifetime_minutes: 240,
          },
          notify: null,
        },
      },
    ])
    expect(api.logged).toEqual([
      {
        request_id: answer.headers.get('x-request-id'),
        export_request_id: request_id,
        tenant_id: 'tenant-a',
        holder: 'back',
        event: 'export requested',
      },
    ])
  })

  it('answers only after the acknowledgement', async () => {
    api.writingFails = new TransientError('Kafka did not acknowledge the record')
    const answer = await api.post(exampleBody())
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(api.logged).toEqual([
      expect.objectContaining({ event: 'request failed outside', status: 503 }),
    ])
  })

  it('takes the same again without a key as another request', async () => {
    expect(await api.request()).not.toBe(await api.request())
    expect(api.asked).toHaveLength(2)
  })

  it('takes a source that cannot name the state of its movements', async () => {
    api.batches.set('lote-2', null)
    expect((await api.post(exampleBody({ batch_id: 'lote-2' }))).status).toBe(202)
    expect(api.asked[0]).toMatchObject({ create: { terms: { data_version: null } } })
  })
})

describe('POST /exports with an Idempotency-Key', () => {
  it('is one request, however often it comes, before it is decided and after', async () => {
    const first = await bodyOf(await api.post(exampleBody(), withKey))
    const repeated = await api.post(exampleBody(), { 'idempotency-key': '"press-1"' })
    expect(repeated.status).toBe(202)
    expect(repeated.headers.get('idempotent-replayed')).toBe('true')
    expect(await bodyOf(repeated)).toEqual(first)
    await api.decide(String(first['request_id']))
    expect(await bodyOf(await api.post(exampleBody(), withKey))).toEqual(first)
    expect(api.asked).toHaveLength(1)
  })

  it('is the same request though its movements have changed meanwhile', async () => {
    await api.post(exampleBody(), withKey)
    api.batches.set('lote-1', 'v2')
    expect((await api.post(exampleBody(), withKey)).status).toBe(202)
    expect(api.asked).toHaveLength(1)
  })

  it.each([
    { batch_id: 'lote-2' },
    { language: 'pt-BR' },
    { filter: { day: 2 } },
    { lifetime_minutes: 60 },
  ])('is refused for something else: %j', async (changes) => {
    api.batches.set('lote-2', 'v1')
    await api.post(exampleBody(), withKey)
    const answer = await api.post(exampleBody(changes), withKey)
    expect(answer.status).toBe(409)
    expect(await bodyOf(answer)).toMatchObject({ code: 'other-request' })
    expect(api.asked).toHaveLength(1)
  })

  it('gives only one of two that come at once and differ what it asked for', async () => {
    let answer: () => void = () => undefined
    api.sourceAnswers = new Promise((resolve) => void (answer = resolve))
    const both = [exampleBody(), exampleBody({ language: 'pt-BR' })]
    const asking = both.map((body) => api.post(body, withKey))
    await expect.poll(() => api.sourceAsked).toBe(2)
    answer()
    const answers = await Promise.all(asking)
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
  })

  it('is another request of another tenant', async () => {
    const ids = ['tenant-a', 'tenant-b'].map(async (tenant_id) => {
      const answer = await api.post(exampleBody({ tenant_id }), withKey)
      expect(answer.status).toBe(202)
      return (await bodyOf(answer))['request_id']
    })
    expect(await ids[0]).not.toEqual(await ids[1])
  })

  it('of an export whose time is over begins nothing', async () => {
    const { request_id } = await bodyOf(await api.post(exampleBody(), withKey))
    await api.decide(String(request_id))
    await api.forget(String(request_id))
    expect((await api.post(exampleBody(), withKey)).status).toBe(410)
    expect(api.asked).toHaveLength(1)
  })

  it.each(['', 'a b', 'x'.repeat(65)])('refuses %j as a key', async (key) => {
    const answer = await api.post(exampleBody(), { 'idempotency-key': key })
    expect(answer.status).toBe(422)
    expect(api.asked).toEqual([])
  })
})

describe('POST /exports refuses', () => {
  it('a source that is not there, and says which there are', async () => {
    const answer = await api.post(exampleBody({ source: 'archive' }))
    expect(answer.status).toBe(422)
    expect(await bodyOf(answer)).toMatchObject({
      code: 'no-such-source',
      pointer: '/source',
      known: ['ledger'],
      detail: 'there is no such source; those there are: ledger',
    })
  })

  it('a batch that is not there', async () => {
    const answer = await api.post(exampleBody({ batch_id: 'lote-9' }))
    expect(answer.status).toBe(404)
    expect(await bodyOf(answer)).toMatchObject({ code: 'no-such-batch', pointer: '/batch_id' })
    expect(api.asked).toEqual([])
  })

  it('a tenant that the token is not for', async () => {
    const answer = await api.post(exampleBody({ tenant_id: 'tenant-c' }))
    expect(answer.status).toBe(403)
    expect(api.asked).toEqual([])
  })

  it.each([
    { scene: 'no JSON', body: '{"batch_id": María', status: 400 },
    { scene: 'too large', body: exampleBody({ filter: { a: 'x'.repeat(40_000) } }), status: 413 },
    { scene: 'of one member too many', body: exampleBody({ callback: 'x' }), status: 422 },
  ])('a body that is $scene', async ({ body, status }) => {
    const answer = await api.post(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(await answer.text()).not.toContain('María')
    expect(api.asked).toEqual([])
  })

  it('whoever shows no token', async () => {
    const answer = await api.post(exampleBody(), { authorization: '' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('everything until its tables are read', async () => {
    api.isUnread = true
    expect((await api.post(exampleBody())).status).toBe(503)
  })
})
