import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#apps/exports-api/docs/operations'
import { wantedMembers } from '#apps/exports-api/docs/schemas'
import {
  bodyOf,
  exampleBody,
  type ExampleApi,
  startExampleApi,
} from '#apps/exports-api/example-api'

let api: ExampleApi
beforeAll(async () => {
  api = await startExampleApi()
})
afterAll(() => api.stop())

interface Described {
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}
interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties: object }>>
  }
}
const document = async () =>
  (await bodyOf(await api.call('/docs/openapi.json'))) as unknown as Document
const addressed = (path: string) => path.replace(/[{:]id}?/, '5f0c7a52-2a0d-4c55-9a3e-000000000001')

describe('the document', () => {
  it('is OpenAPI, and every reference in it leads somewhere', async () => {
    const { openapi, paths, components } = await document()
    expect(openapi).toBe('3.1.0')
    const refs = [...JSON.stringify(paths).matchAll(/#\/components\/schemas\/(\w+)/g)]
    expect(refs.length).toBeGreaterThan(20)
    for (const [, name] of refs) expect(components.schemas).toHaveProperty(name!)
  })

  it.each(operations)('says what is served: $method $path', async ({ method, path }) => {
    const answer = await api.call(addressed(path), { method: method.toUpperCase() })
    // Of a path with an id it is the request that is not there, and not the route.
    const { code } = path.includes(':id') ? await bodyOf(answer) : { code: 'no-such-request' }
    expect([answer.status === 405, code]).toEqual([false, 'no-such-request'])
  })

  it('says all that is served: at each of its paths, every other method is none', async () => {
    const { paths } = await document()
    for (const [path, methods] of Object.entries(paths)) {
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
    const { components } = await document()
    const view = await bodyOf(await api.call(`/exports/${await api.request()}`))
    const named = Object.keys(components.schemas['Export']!.properties)
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
