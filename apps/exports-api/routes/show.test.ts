import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'

let api: ExampleApi
let id: string
beforeEach(async () => {
  api = await startExampleApi()
  id = await api.request()
})
afterEach(() => api.stop())

const shown = async () => bodyOf(await api.call(`/exports/${id}`))

describe('GET /exports/:id', () => {
  it('tells of a request from the moment that it is on the log', async () => {
    const answer = await api.call(`/exports/${id}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(await bodyOf(answer)).toMatchObject({
      request_id: id,
      state: 'PENDING',
      tenant_id: 'tenant-a',
      batch_id: 'lote-1',
      percent: null,
    })
  })

  it('tells how far it is, at which rate, and how long it will take', async () => {
    await api.decide(id, {
      state: 'RENDERING',
      records: 10_000,
      rendered: 4_000,
      rendering_at: '2026-11-30T11:00:00+01:00',
      updated_at: '2026-11-30T11:00:04+01:00',
    })
    const answer = await api.call(`/exports/${id}`)
    expect(answer.headers.get('retry-after')).toBe('6')
    expect(await bodyOf(answer)).toMatchObject({ percent: 40, rate: 1_000, eta_seconds: 6 })
  })

  it('tells of two requests that one export serves, each under its own id', async () => {
    const other = await api.request()
    const { export_id } = await api.decide(id)
    await api.decide(other, { export_id })
    const second = await bodyOf(await api.call(`/exports/${other}`))
    expect(second).toMatchObject({ request_id: other, export_id })
    expect(await shown()).toMatchObject({ request_id: id, export_id })
  })

  it('says that it is over by the clock, and that nothing is left of it once it is forgotten', async () => {
    const expires_at = '2026-11-30T15:00:00+01:00'
    const result = { key: 'exports/1/archive.zip', bytes: 700, sha256: 'c0ffee' }
    await api.decide(id, { state: 'READY', expires_at, result })
    const answer = await api.call(`/exports/${id}`)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(await bodyOf(answer)).toMatchObject({ state: 'READY', result: { bytes: 700 } })
    api.nowMs = Date.parse(expires_at)
    expect(await shown()).toMatchObject({ state: 'EXPIRED', result: null })
    await api.forget(id)
    expect((await api.call(`/exports/${id}`)).status).toBe(410)
  })

  it('knows nothing of what nobody asked for, or the tenant of somebody else', async () => {
    const nobodys = '5f0c7a52-2a0d-4c55-9a3e-000000000001'
    const answers = await Promise.all([
      api.call(`/exports/${nobodys}`),
      api.call('/exports/no-uuid'),
      api.call(`/exports/${id}`, {}, 'other'),
    ])
    const told = await Promise.all(answers.map(bodyOf))
    expect(told.map(({ status, code }) => [status, code])).toEqual(
      Array.from({ length: 3 }, () => [404, 'no-such-request']),
    )
    await api.decide(id)
    expect((await api.call(`/exports/${id}`, {}, 'other')).status).toBe(404)
    expect((await api.call(`/exports/${id}`, {}, 'audit')).status).toBe(200)
  })

  it('guesses nothing where its tables cannot be read', async () => {
    api.readingFails = new Error('no broker')
    const answer = await api.call(`/exports/${id}`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })
})
