import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestDocs } from '#apps/ingest/docs'
import { ingest } from '#apps/ingest/ingest'
import { keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { listen, type Listening } from '#apps/platform/http'
import { TransientError } from '#core/errors'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { readSample } from '#schemas/samples/sample'
import type { AnyTopic } from '#schemas/topic'
import { applications } from '#schemas/topics'

const sample = readSample('application')
const token = 'example-token-of-length'

interface Passed {
  readonly topic: string
  readonly value: object
  readonly headers: object
}
let passed: Passed[]
let logged: object[]
let outcome: () => Promise<void>
let server: Listening
let metrics: ReturnType<typeof newMetrics>

beforeEach(async () => {
  passed = []
  logged = []
  outcome = async () => undefined
  metrics = newMetrics()
  const app = ingest({
    topics: [applications],
    tokens: [{ name: 'register', token }],
    metrics,
    log: { ...silentLog, info: (fields) => void logged.push(fields) },
    status: () => ({ problems: [] }),
    publisher: {
      async pass({ name }: AnyTopic, value, headers = {}) {
        await outcome()
        passed.push({ topic: name, value, headers })
        return { topic: name, partition: 3, offset: 41 }
      },
    },
  })
  server = await listen(app, 0)
})
afterEach(() => server.close())

const documented = keepingTo(openApiOf(ingestDocs([applications])))
const post = async (
  body: unknown,
  headers: Record<string, string> = {},
  path = '/applications',
) => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
  return documented(path, init, await fetch(server.url + path, init))
}

describe('POST /:topic', () => {
  it('answers where the record is, and logs who sent it', async () => {
    const answer = await post({ ...sample, path: '/applications' })
    expect(answer.status).toBe(202)
    expect(await answer.json()).toEqual({ topic: 'applications', partition: 3, offset: 41 })
    const { event_id } = sample
    expect(passed).toMatchObject([
      { topic: 'applications', value: { event_id }, headers: { 'correlation-id': event_id } },
    ])
    expect(logged).toEqual([
      {
        request_id: answer.headers.get('x-request-id'),
        caller: 'register',
        topic: 'applications',
        partition: 3,
        offset: 41,
        event_id,
      },
    ])
  })

  it.each([{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${token}` }])(
    'lets nobody in with %j',
    async (headers) => {
      const answer = await post(sample, { authorization: '', ...headers })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(passed).toEqual([])
    },
  )

  it.each(['/payments', '/payment.facts', '/nothing'])('lets nobody write %s', async (path) => {
    expect((await post(sample, {}, path)).status).toBe(403)
    expect(passed).toEqual([])
  })

  it.each([
    { scene: 'no JSON', body: '{"data": PRVLCU85M15X000R', status: 400 },
    { scene: 'empty', body: '', status: 422 },
    { scene: 'too large', body: { ...sample, padding: 'x'.repeat(600_000) }, status: 413 },
    { scene: 'an old version', body: { ...sample, event_version: 1 }, status: 422 },
    { scene: 'no event', body: [], status: 422 },
  ])('refuses a body that is $scene', async ({ body, status }) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(await answer.text()).not.toContain('PRVLCU')
    expect(passed).toEqual([])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/cloudevents+json'])(
    'takes no %s',
    async (type) => {
      expect((await post(sample, { 'content-type': type })).status).toBe(415)
    },
  )

  it('points at the member that is wrong, and counts it as ours to tell', async () => {
    const answer = await post({ ...sample, user: 'PRVLCU85M15X000R' })
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: '/user is not a UUID',
      instance: '/applications',
      pointer: '/user',
      reason: 'is not a UUID',
    })
    expect(await metrics.registry.metrics()).toContain(
      'corrente_errors_total{unit="ingest",origin="internal"} 1',
    )
  })

  it('has taken nothing where Kafka has not acknowledged it', async () => {
    outcome = () => Promise.reject(new TransientError('Kafka did not acknowledge the record'))
    const answer = await post(sample)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(logged).toEqual([])
  })

  it('answers only after the acknowledgement', async () => {
    let acknowledge: () => void = () => undefined
    outcome = () => new Promise((resolve) => void (acknowledge = resolve))
    let isAnswered = false
    const answer = post(sample).then((response) => {
      isAnswered = true
      return response
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(isAnswered).toBe(false)
    acknowledge()
    expect((await answer).status).toBe(202)
  })

  it('is all that a topic can be asked', async () => {
    const answer = await fetch(`${server.url}/applications`)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
  })
})
