import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ksqlStandinDocs } from '#apps/ksql-standin/docs'
import { routes } from '#apps/ksql-standin/http/routes'
import { serve } from '#apps/ksql-standin/http/serve'
import type { Serving } from '#apps/ksql-standin/http/serving'
import { documentFaults, keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import type { Listening } from '#apps/platform/http'
import { silentLog } from '#core/log'

const document = openApiOf(ksqlStandinDocs)
const { operations } = ksqlStandinDocs
const command = { id: 'table/`X`/create', number: 0, message: 'made', queryId: null }
const catalog = { commands: () => [command], tables: () => [] }
let serving: Serving | undefined
let server: Listening
beforeAll(async () => {
  serving = { catalog, clusterId: 'cluster', properties: {} } as unknown as Serving
  const answer = routes({
    serving: () => serving,
    kafkaHealth: async () => ({ isHealthy: true }),
    log: silentLog,
    onQuery: () => undefined,
  })
  server = await serve(answer, 0, '127.0.0.1')
})
afterAll(() => server.close())

const documented = keepingTo(document)
const call = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(server.url + path, { redirect: 'manual', ...init })
  // As the real server does, it does not always say that what it refuses with is JSON.
  if (answer.headers.has('content-type') || answer.ok) return documented(path, init, answer)
  const headers = { 'content-type': 'application/json' }
  const { status } = answer
  if (status === 307) return documented(path, init, answer)
  return documented(path, init, new Response(await answer.text(), { status, headers }))
}
const asked = (path: string) =>
  path.replace(':id', encodeURIComponent(command.id)).replace(':name', 'auto.offset.reset')

describe('the document of the stand-in', () => {
  it('is OpenAPI, and so are its examples', async () => {
    expect(await documentFaults(document)).toEqual([])
  })

  it('names every path that is in the code, but for those that nothing is behind', () => {
    const sources = ['routes.ts', 'server-endpoints.ts']
      .map((name) => readFileSync(`apps/ksql-standin/http/${name}`, 'utf8'))
      .join('\n')
    const paths = [...sources.matchAll(/'(\/[\w/-]*)'/g)].map(([, path]) => path!)
    const named = operations.map(({ path }) => path.replace(/:\w+$/, ''))
    expect([...new Set(paths)].filter((path) => !named.includes(path)).sort()).toEqual([
      '/heartbeat',
      '/lag',
    ])
  })
})

describe.each(operations)('$method $path', ({ method, path, body }) => {
  const init = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"ksql": 7' }
    : {}

  it('is served and answered as it is documented', async () => {
    const answer = await call(asked(path), { ...init, method: method.toUpperCase() })
    // What is not served is answered with a page.
    expect(await answer.text()).not.toContain('<html>')
  })

  it('is answered as documented while the stand-in starts', async () => {
    const before = serving
    serving = undefined
    try {
      const answer = await call(asked(path), { ...init, method: method.toUpperCase() })
      expect(answer.status).toBe(503)
    } finally {
      serving = before
    }
  })
})
