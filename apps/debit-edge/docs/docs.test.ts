import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#apps/debit-edge/docs/operations'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeAll(async () => {
  edge = await startExampleEdge()
})
afterAll(() => edge.stop())

interface Document {
  readonly openapi: string
  readonly paths: Record<string, Record<string, { requestBody?: object; responses: object }>>
  readonly components: { readonly schemas: Record<string, object> }
}
const document = async () => (await (await edge.call('/docs/openapi.json')).json()) as Document
const addressed = (path: string) => path.replace(/[{:]id}?/, 'kR3vY1mBq0aZ8sD7fG2hJw')

describe('the document', () => {
  it('is OpenAPI, and every reference in it leads somewhere', async () => {
    const { openapi, paths, components } = await document()
    expect(openapi).toBe('3.1.0')
    const refs = [...JSON.stringify(paths).matchAll(/#\/components\/schemas\/(\w+)/g)]
    expect(refs.length).toBeGreaterThan(20)
    for (const [, name] of refs) expect(components.schemas).toHaveProperty(name!)
  })

  it.each(operations)('says what is served: $method $path', async ({ method, path }) => {
    const answer = await edge.call(addressed(path), { method: method.toUpperCase() })
    expect([404, 405]).not.toContain(answer.status)
  })

  it('says all that is served: at each of its paths, every other method is none', async () => {
    const { paths } = await document()
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
        if (method in methods) continue
        const answer = await edge.call(addressed(path), { method: method.toUpperCase() })
        expect([path, method, answer.status]).toEqual([path, method, 405])
      }
    }
  })

  it('names every member that is taken, and none that is not', async () => {
    for (const { method, path, body } of operations) {
      const { properties = {} } = (body ?? {}) as { properties?: object }
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
