import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'

let api: ExampleApi
beforeEach(async () => {
  api = await startExampleApi()
})
afterEach(() => api.stop())

interface Page {
  readonly items: readonly { readonly request_id: string; readonly state: string }[]
  readonly next_cursor?: string
}
const pageOf = async (query: string) =>
  (await bodyOf(await api.call(`/exports?${query}`))) as unknown as Page
const idsOf = ({ items }: Page) => items.map(({ request_id }) => request_id)

describe('GET /exports', () => {
  it('lists the requests of a tenant, the newest first, decided or not, and no others', async () => {
    const first = await api.request()
    await api.request({ tenant_id: 'tenant-b' })
    await api.decide(first)
    api.nowMs += 1_000
    const second = await api.request()
    const page = await pageOf('tenant_id=tenant-a')
    expect(page.items.map(({ request_id, state }) => [request_id, state])).toEqual([
      [second, 'PENDING'],
      [first, 'EXTRACTING'],
    ])
    expect(page.next_cursor).toBeUndefined()
  })

  it('gives each request once, page by page, though some came in the same second', async () => {
    const made: string[] = []
    for (let nth = 0; nth < 7; nth++) {
      if (nth % 3 === 0) api.nowMs += 1_000
      made.push(await api.request())
    }
    const first = await pageOf('tenant_id=tenant-a&limit=3')
    const second = await pageOf(`tenant_id=tenant-a&limit=3&cursor=${first.next_cursor}`)
    const third = await pageOf(`tenant_id=tenant-a&limit=3&cursor=${second.next_cursor}`)
    expect([first, second, third].map(({ items }) => items.length)).toEqual([3, 3, 1])
    expect(third.next_cursor).toBeUndefined()
    expect([first, second, third].flatMap(idsOf).sort()).toEqual([...made].sort())
    expect(first.items[0]?.request_id).toBe(made.at(-1))
  })

  it('leaves out what nothing is kept of', async () => {
    const id = await api.request()
    await api.decide(id)
    await api.forget(id)
    expect(idsOf(await pageOf('tenant_id=tenant-a'))).toEqual([])
  })

  it.each([
    ['', 422, '/tenant_id'],
    ['tenant_id=a&tenant_id=b', 422, '/tenant_id'],
    ['tenant_id=tenant-c', 403, undefined],
    ['tenant_id=tenant-a&limit=0', 422, '/limit'],
    ['tenant_id=tenant-a&limit=201', 422, '/limit'],
    ['tenant_id=tenant-a&cursor=MTIz', 422, '/cursor'],
  ])('refuses ?%s', async (query, status, pointer) => {
    const answer = await api.call(`/exports?${query}`)
    expect(answer.status).toBe(status)
    expect((await bodyOf(answer))['pointer']).toBe(pointer)
  })
})
