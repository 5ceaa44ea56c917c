import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'

let api: ExampleApi
let id: string
beforeEach(async () => {
  api = await startExampleApi()
  id = await api.request()
})
afterEach(() => api.stop())

const expires_at = '2026-11-30T15:00:00+01:00'
const ready = {
  state: 'READY',
  expires_at,
  result: { key: 'exports/1/archive.zip', bytes: 700, sha256: 'c0ffee' },
} as const
const link = (holder: Parameters<ExampleApi['call']>[2] = 'back') =>
  api.call(`/exports/${id}/link`, { method: 'POST' }, holder)
const at = (instant: string) => void (api.nowMs = Date.parse(instant))

describe('POST /exports/:id/link', () => {
  it('gives a link for a quarter of an hour, under a name that says nothing of the batch', async () => {
    await api.decide(id, ready)
    const answer = await link()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await bodyOf(answer)).toEqual({
      url: 'https://objects.example/exports/1/archive.zip?signature=a-secret-of-its-own',
      expires_at: '2026-11-30T10:15:00.000Z',
      filename: `export-${id}.zip`,
    })
    const given = { expiresAt: '2026-11-30T10:15:00.000Z', filename: `export-${id}.zip` }
    expect(api.links).toEqual([{ key: 'exports/1/archive.zip', link: given }])
  })

  it('gives none that outlives the export', async () => {
    await api.decide(id, ready)
    at('2026-11-30T13:50:00Z')
    expect(await bodyOf(await link())).toMatchObject({ expires_at: '2026-11-30T14:00:00.000Z' })
  })

  it('says in the log who was given one, each time, and never the link', async () => {
    const { export_id } = await api.decide(id, { ...ready, state: 'READY_WITH_ERRORS' })
    await link()
    await link('audit')
    const issued = api.logged.filter(({ event }) => event === 'export link issued')
    expect(issued.map(({ holder }) => holder)).toEqual(['back', 'audit'])
    expect(issued[0]).toMatchObject({ export_request_id: id, export_id })
    expect(JSON.stringify(api.logged)).not.toMatch(/signature|archive|https/)
  })

  it('names a file of movements as what it is', async () => {
    const csv = await api.request({ output: 'CSV', template: null })
    await api.decide(csv, ready)
    const answer = await api.call(`/exports/${csv}/link`, { method: 'POST' })
    expect(await bodyOf(answer)).toMatchObject({ filename: `export-${csv}.csv` })
  })

  it.each(['2026-11-30T13:59:59.500Z', '2026-11-30T14:00:00Z', '2026-12-01T00:00:00Z'])(
    'gives none at %s, when its time is over, though it is all still there',
    async (instant) => {
      await api.decide(id, ready)
      at(instant)
      const answer = await link()
      expect(answer.status).toBe(410)
      expect(await bodyOf(answer)).toMatchObject({ code: 'over' })
      expect(api.links).toEqual([])
    },
  )

  it('gives none of what is forgotten', async () => {
    await api.decide(id, ready)
    await api.forget(id)
    expect((await link()).status).toBe(410)
  })

  it.each(['EXTRACTING', 'SPLITTING', 'RENDERING', 'COLLECTING', 'CANCELLING'] as const)(
    'gives none while it is %s, and says when to ask again',
    async (state) => {
      await api.decide(id, { state })
      const answer = await link()
      expect(answer.status).toBe(409)
      expect(answer.headers.get('retry-after')).toBe('2')
      expect(await bodyOf(answer)).toMatchObject({ code: 'not-ready' })
    },
  )

  it('gives none of a request that nobody has decided', async () => {
    expect((await link()).status).toBe(409)
  })

  it.each(['FAILED', 'CANCELLED'] as const)('gives none where it is %s', async (state) => {
    await api.decide(id, { state })
    const answer = await link()
    expect(await bodyOf(answer)).toMatchObject({ status: 409, code: 'no-result' })
    expect(answer.headers.get('retry-after')).toBeNull()
  })

  it('gives none to those who may not see it', async () => {
    await api.decide(id, ready)
    expect((await link('other')).status).toBe(404)
    expect(api.links).toEqual([])
  })
})
