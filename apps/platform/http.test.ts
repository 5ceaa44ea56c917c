import { afterEach, describe, expect, it } from 'vitest'
import { startExampleApp } from '#apps/platform/example-app'
import { serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import { appVersion } from '#core/version'

let close: () => Promise<void> = async () => undefined
afterEach(() => close())

const start: typeof startExampleApp = async (...args) => {
  const app = await startExampleApp(...args)
  close = app.close
  return app
}

describe('GET /status', () => {
  it('is 200 where all is well', async () => {
    const app = await start(
      () => undefined,
      () => ({ problems: [], details: { units: 7 } }),
    )
    const answer = await app.call('/status')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      status: 'ok',
      version: appVersion,
      app: 'example',
      units: 7,
      problems: [],
    })
  })

  it('is 503 with sentences where it is not', async () => {
    const app = await start(
      () => undefined,
      () => ({ problems: ['Kafka does not answer'] }),
    )
    const answer = await app.call('/status')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({
      status: 'failing',
      problems: ['Kafka does not answer'],
    })
  })

  it('is 503 where it cannot be told', async () => {
    const app = await start(
      () => undefined,
      () => Promise.reject(new Error('no answer')),
    )
    expect((await app.call('/status')).status).toBe(503)
  })
})

describe('the shell', () => {
  it('answers errors as problems that show neither themselves nor the query', async () => {
    const app = await start((routes) => {
      routes.get('/break/:what', () => JSON.parse('{"tax_code": PRVLCU85M15X000R}') as never)
    })
    const answer = await app.call('/break/PRVLCU85M15X000R?name=Luca')
    expect(answer.status).toBe(500)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'something broke here; the request id finds it in the log',
      instance: '/break/PRVLCU85M15X000R',
    })
    const request_id = answer.headers.get('x-request-id')
    expect(app.logged).toMatchObject([
      { level: 'error', fields: { request_id, route: '/break/:what', method: 'GET' } },
    ])
    expect(app.logged[0]?.fields['error']).toMatch(/^SyntaxError at /)
    expect(JSON.stringify(app.logged)).not.toMatch(/PRVLCU|Luca/)
    expect(await app.metrics.registry.metrics()).toContain(
      'corrente_errors_total{unit="example",origin="internal"} 1',
    )
  })

  it('logs the class and the place of a bug, and not its message, which may quote a value', async () => {
    const app = await start((routes) => {
      routes.get('/', () => {
        throw new TypeError('no payer Luca Prova')
      })
    })
    await app.call('/')
    const [line] = app.logged
    expect(line?.fields['error']).toMatch(/^TypeError at .*http\.test\.ts/)
    expect(JSON.stringify(line)).not.toContain('Prova')
  })

  it('has nothing at other paths, and says so in JSON', async () => {
    const app = await start(() => undefined)
    const answer = await app.call('/nowhere')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ title: 'Not Found', instance: '/nowhere' })
    const bad = await app.call('/%E0%A4%A')
    expect(bad.status).toBe(404)
  })

  it('says nothing of what serves it, and lets no cache keep an answer', async () => {
    const app = await start(() => undefined)
    const { headers } = await app.call('/status')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('etag')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    { given: 'story-2025.03', kept: true },
    { given: 'a b c d e f g', kept: false },
    { given: 'x'.repeat(65), kept: false },
    { given: '5f0c7a52-2a0d-4c55-9a3e-000000000001', kept: true },
    { given: '4111-1111-1111-1111', kept: false },
  ])('keeps the request id $given: $kept', async ({ given, kept }) => {
    const app = await start(() => undefined)
    const { headers } = await app.call('/status', { headers: { 'x-request-id': given } })
    expect(headers.get('x-request-id') === given).toBe(kept)
  })

  it.each([
    { status: 401, level: 'warn' },
    { status: 404, level: 'debug' },
    { status: 503, level: 'warn' },
  ])('logs $status at $level', async ({ status, level }) => {
    const app = await start((routes) => {
      routes.get('/', () => {
        throw new Problem(status, 'no')
      })
    })
    await app.call('/')
    expect(app.logged).toMatchObject([{ level, fields: { status } }])
  })

  it('counts requests by route, method and status', async () => {
    const app = await start((routes) => {
      serveOnly(routes, 'post', '/things/:id', (_request, response) => void response.json({}))
    })
    await app.call('/things/1', { method: 'POST' })
    await app.call('/things/2', { method: 'POST' })
    await app.call('/things/2', { method: 'DELETE' })
    await app.call('/elsewhere')
    const metrics = async () => (await app.call('/metrics')).text()
    const count = 'corrente_http_requests_total{app="example"'
    await expect.poll(metrics).toContain(`${count},method="GET",route="none",status="404"} 1`)
    const text = await metrics()
    expect(text).toContain(`${count},method="POST",route="/things/:id",status="200"} 2`)
    expect(text).toContain(`${count},method="DELETE",route="/things/:id",status="405"} 1`)
  })
})
