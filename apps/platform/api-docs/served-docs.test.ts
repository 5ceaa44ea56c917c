import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nothingOfItsOwn } from '#apps/platform/api-docs/api'
import {
  contractOf,
  documentFaults,
  documentedRoutes,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { httpApp, listen, type Listening } from '#apps/platform/http'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'

const api = nothingOfItsOwn('example', 'It <serves> nothing of its own.')
const document = openApiOf(api)
let problems: string[] = []
const app = httpApp({
  name: 'example',
  log: silentLog,
  metrics: newMetrics(),
  status: () => ({ problems, details: { units: 7 } }),
  api,
  routes: () => undefined,
})
let server: Listening
beforeAll(async () => {
  server = await listen(app, 0)
})
afterAll(() => server.close())

describe('an app that serves nothing of its own', () => {
  it('is documented as OpenAPI, with all that is served and nothing else', async () => {
    expect(documentedRoutes(document)).toEqual(servedRoutes(app))
    expect(await documentFaults(document)).toEqual([])
  })

  it.each(['/status', '/metrics', '/docs', '/docs/openapi.json'])(
    'answers GET %s as it is documented',
    async (path) => {
      const { faultsOf } = contractOf(document)
      for (problems of [[], ['Kafka does not answer']]) {
        expect(await faultsOf('GET', path, await fetch(server.url + path))).toEqual([])
      }
    },
  )

  it('serves the document as it is', async () => {
    const answer = await fetch(`${server.url}/docs/openapi.json`)
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(document)))
  })
})

describe('the page', () => {
  it('has neither a script nor anything that is fetched, and escapes what it shows', async () => {
    const answer = await fetch(`${server.url}/docs`)
    const page = await answer.text()
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|@import|url\(|src=/)
    expect(page).toContain('It &lt;serves&gt; nothing of its own.')
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='/,
    )
  })

  it('leads by each of its links somewhere on the page, or to a path that is documented', async () => {
    const page = await (await fetch(`${server.url}/docs`)).text()
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!)
    expect(links.length).toBeGreaterThan(4)
    for (const link of links.filter((one) => one !== 'data:,')) {
      if (link.startsWith('#')) expect(page).toContain(`id="${link.slice(1)}"`)
      else expect(Object.keys(document.paths)).toContain(link)
    }
  })
})

describe('what documents are held against', () => {
  const broken = (change: object) => ({ ...document, ...change }) as typeof document
  const asked = document.paths['/status']!['get']!

  it.each([
    { why: 'what the official schema does not allow', change: { info: {} } },
    {
      why: 'a reference that leads nowhere',
      change: { paths: { '/x': { get: withRef('Nothing') } } },
    },
    {
      why: 'an example that is none',
      change: { paths: { '/x': { get: withExample({ app: 7 }) } } },
    },
  ])('is told of $why', async ({ change }) => {
    expect(await documentFaults(document)).toEqual([])
    expect(await documentFaults(broken(change))).not.toEqual([])
  })

  function withRef(name: string) {
    const schema = { $ref: `#/components/schemas/${name}` }
    return {
      ...asked,
      responses: { 200: { description: 'x', content: { 'text/plain': { schema } } } },
    }
  }
  function withExample(example: unknown) {
    const content = {
      'application/json': { schema: document.components.schemas['Status'], example },
    }
    return { ...asked, responses: { 200: { description: 'x', content } } }
  }
})

describe('what answers are held against', () => {
  const { faultsOf } = contractOf(document)
  const json = (status: number, body: object) => Response.json(body, { status })
  const fine = { status: 'ok', version: '1', app: 'example', problems: [] }

  it.each([
    { why: 'a status nobody is told of', answer: json(418, fine), said: 'not documented' },
    { why: 'another type', answer: new Response('ok', { status: 200 }), said: 'is text/plain' },
    {
      why: 'a member that is missing',
      answer: json(200, { ...fine, app: undefined }),
      said: 'app',
    },
    { why: 'a value of another kind', answer: json(200, { ...fine, problems: 1 }), said: 'array' },
  ])('is told of $why', async ({ answer, said }) => {
    expect((await faultsOf('GET', '/status', answer)).join()).toContain(said)
  })

  it('is told of a path and of a method that are served in secret', async () => {
    expect(await faultsOf('GET', '/secret', json(200, {}))).toEqual(['/secret is not documented'])
    expect(await faultsOf('POST', '/status', json(200, {}))).toHaveLength(1)
  })

  it('is told of a member of a problem that is in no schema', async () => {
    const problem = { type: 'about:blank', title: 'x', status: 500, detail: 'x', instance: '/' }
    const headers = { 'content-type': 'application/problem+json' }
    const answered = (body: object) => new Response(JSON.stringify(body), { status: 500, headers })
    expect(await faultsOf('GET', '/status', answered(problem))).toEqual([])
    expect(await faultsOf('GET', '/status', answered({ ...problem, secret: 1 }))).toHaveLength(1)
  })
})
