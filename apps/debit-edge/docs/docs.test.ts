import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '#apps/debit-edge/desk'
import { debitEdgeDocs } from '#apps/debit-edge/docs/api'
import { operations } from '#apps/debit-edge/docs/operations'
import { wholeEdge } from '#apps/debit-edge/edge'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'
import {
  documentFaults,
  documentedRoutes,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'

let edge: ExampleEdge
beforeAll(async () => {
  edge = await startExampleEdge()
})
afterAll(() => edge.stop())

const document = openApiOf(debitEdgeDocs(false))
const addressed = (path: string) => path.replace(/[{:]id}?/, 'kR3vY1mBq0aZ8sD7fG2hJw')

describe('the document', () => {
  it.each([false, true])('is OpenAPI, and so are its examples (tokens: %s)', async (hasTokens) => {
    expect(await documentFaults(openApiOf(debitEdgeDocs(hasTokens)))).toEqual([])
  })

  it('says all that is served, and nothing else', () => {
    const shell = { log: silentLog, metrics: newMetrics(), status: () => ({ problems: [] }) }
    const app = wholeEdge({ ...shell, desk: {} as Desk, tokens: [] })
    expect(documentedRoutes(document)).toEqual(servedRoutes(app))
  })

  it('has the paths that programs rely on: none goes without being taken off this list', () => {
    expect(documentedRoutes(document)).toMatchInlineSnapshot(`
      [
        "get /docs",
        "get /docs/openapi.json",
        "get /metrics",
        "get /status",
        "get /v1/accounts/{id}/balance",
        "get /v1/accounts/{id}/entries",
        "get /v1/accounts/{id}/statement",
        "patch /v1/accounts/{id}",
        "patch /v1/accounts/{id}/cards",
        "post /conta",
        "post /debito",
        "post /v1/accounts",
        "post /v1/accounts/{id}/cards",
        "post /v1/authorisations",
        "post /v1/authorisations/{id}/increment",
        "post /v1/authorisations/{id}/post",
        "post /v1/authorisations/{id}/reverse",
        "post /v1/authorisations/{id}/void",
        "post /v1/credits",
        "post /v1/debits",
        "post /v1/debits/{id}/reverse",
        "post /v1/refunds",
      ]
    `)
  })

  it.each(operations)('says what is served: $method $path', async ({ method, path }) => {
    const answer = await edge.call(addressed(path), { method: method.toUpperCase() })
    expect([404, 405]).not.toContain(answer.status)
  })

  it('says all that is served: at each of its paths, every other method is none', async () => {
    const { paths } = document
    for (const [path, methods] of Object.entries(paths)) {
      if (path === '/status' || path === '/metrics') continue
      for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
        if (method in methods) continue
        const answer = await edge.call(addressed(path), { method: method.toUpperCase() })
        expect([path, method, answer.status]).toEqual([path, method, 405])
      }
    }
  })

  it('names every member that is taken, and none that is not', async () => {
    for (const { method, path, body } of operations) {
      const { properties = {} } = body?.schema ?? {}
      for (const name of Object.keys(properties)) {
        const answer = await edge.call(addressed(path), {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ [name]: [] }),
        })
        const { reason } = (await answer.json()) as { reason: string }
        expect([path, name, reason]).not.toEqual([path, name, 'unknown-member'])
      }
    }
  })

  it('can be read by people, without a script', async () => {
    const answer = await edge.call('/docs')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const page = await answer.text()
    for (const { path } of operations) expect(page).toContain(`<code>${path}</code>`)
    expect(page).not.toContain('<script')
  })
})
