import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Express } from 'express'
import type { Desk } from '#apps/exports-api/desk'
import { exportsDocs } from '#apps/exports-api/docs/api'
import { operations } from '#apps/exports-api/docs/operations'
import { wantedMembers } from '#apps/exports-api/docs/schemas'
import {
  bodyOf,
  exampleBody,
  type ExampleApi,
  startExampleApi,
} from '#apps/exports-api/example-api'
import { exportsApi } from '#apps/exports-api/exports-api'
import { holdersOf } from '#apps/exports-api/holders'
import {
  documentFaults,
  documentedRoutes,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { serveLinks } from '#apps/platform/object-store/serve-links'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'

let api: ExampleApi
beforeAll(async () => {
  api = await startExampleApi()
})
afterAll(() => api.stop())

const document = openApiOf(exportsDocs())
const noStore = { head: async () => undefined, get: async () => undefined }
const addressed = (path: string) => path.replace(/[{:]id}?/, '5f0c7a52-2a0d-4c55-9a3e-000000000001')

describe('the document', () => {
  it('is OpenAPI, and so are its examples', async () => {
    expect(await documentFaults(document)).toEqual([])
  })

  it.each([undefined, '/objects'])('says all that is served, and nothing else', (objectsPath) => {
    const serveObjects = objectsPath
      ? (app: Express) => serveLinks(app, objectsPath, { store: noStore, secrets: [] })
      : undefined
    const shell = { log: silentLog, metrics: newMetrics(), status: () => ({ problems: [] }) }
    const app = exportsApi({
      ...shell,
      desk: {} as Desk,
      findHolder: holdersOf([], []),
      serveObjects,
    })
    expect(documentedRoutes(openApiOf(exportsDocs(objectsPath)))).toEqual(servedRoutes(app))
  })

  it('has the paths that programs rely on: none goes without being taken off this list', () => {
    expect(documentedRoutes(document)).toMatchInlineSnapshot(`
      [
        "delete /exports/{id}",
        "get /docs",
        "get /docs/openapi.json",
        "get /exports",
        "get /exports/{id}",
        "get /exports/{id}/events",
        "get /metrics",
        "get /status",
        "post /exports",
        "post /exports/{id}/link",
      ]
    `)
  })

  it.each(operations)('says what is served: $method $path', async ({ method, path }) => {
    const answer = await api.call(addressed(path), { method: method.toUpperCase() })
    // Of a path with an id it is the request that is not there, and not the route.
    const { code } = path.includes(':id') ? await bodyOf(answer) : { code: 'no-such-request' }
    expect([answer.status === 405, code]).toEqual([false, 'no-such-request'])
  })

  it('says all that is served: at each of its paths, every other method is none', async () => {
    const { paths } = document
    for (const [path, methods] of Object.entries(paths)) {
      if (path === '/status' || path === '/metrics') continue
      for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
        if (method in methods) continue
        const answer = await api.call(addressed(path), { method: method.toUpperCase() })
        expect([path, method, answer.status]).toEqual([path, method, 405])
      }
    }
  })

  it('names every member that is taken, and none that is not', async () => {
    for (const name of wantedMembers) {
      const answer = await api.post({ ...exampleBody(), [name]: [] })
      expect(await bodyOf(answer)).toMatchObject({ code: 'invalid-member', pointer: `/${name}` })
    }
  })

  it('names every member that a request is told with', async () => {
    const { components } = document
    const view = await bodyOf(await api.call(`/exports/${await api.request()}`))
    const named = Object.keys(components.schemas['Export']!.properties!)
    expect(named.sort()).toEqual(Object.keys(view).sort())
  })

  it('can be read by people, without a script and without a token', async () => {
    const answer = await fetch(`${api.url}/docs`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const page = await answer.text()
    for (const { path } of operations) expect(page).toContain(`<code>${path}</code>`)
    expect(page).not.toContain('<script')
  })
})

it.each(['/status', '/metrics'])('%s is served without a token', async (path) => {
  expect((await fetch(api.url + path)).status).toBe(200)
})
