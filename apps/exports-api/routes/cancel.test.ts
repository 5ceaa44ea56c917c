import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'
import { TransientError } from '#core/errors'
import { contentKeyOf } from '#streams/exports/content-key'

let api: ExampleApi
let id: string
beforeEach(async () => {
  api = await startExampleApi()
  id = await api.request()
})
afterEach(() => api.stop())

const cancel = () => api.call(`/exports/${id}`, { method: 'DELETE' })
const cancels = () => api.asked.filter(({ type }) => type === 'Cancel')

describe('DELETE /exports/:id', () => {
  it('asks that the export that serves the request is given up', async () => {
    const other = await api.request()
    const { export_id, content_key } = await api.decide(other, { state: 'RENDERING' })
    await api.decide(id, { export_id })
    const answer = await cancel()
    expect(answer.status).toBe(202)
    expect(await bodyOf(answer)).toEqual({ request_id: id, status_url: `/exports/${id}` })
    expect(cancels()).toEqual([
      {
        request_id: id,
        type: 'Cancel',
        cancel: { export_id, content_key, cancelled_by: 'back' },
      },
    ])
    expect(api.logged.at(-1)).toMatchObject({
      event: 'export cancelled',
      export_request_id: id,
      holder: 'back',
    })
  })

  it('finds the export of a request that nobody has decided yet where the keeper will look for it', async () => {
    const [created] = api.asked
    if (created?.type !== 'Create') throw new Error('nothing was asked for')
    expect((await cancel()).status).toBe(202)
    const content_key = contentKeyOf(created.create.terms)
    expect(cancels()).toMatchObject([{ cancel: { export_id: id, content_key } }])
  })

  it('of what is ready means: delete it now', async () => {
    await api.decide(id, { state: 'READY', expires_at: '2026-11-30T15:00:00+01:00' })
    expect((await cancel()).status).toBe(202)
    expect(cancels()).toHaveLength(1)
  })

  it.each(['EXPIRED', 'FAILED', 'CANCELLING', 'CANCELLED'] as const)(
    'is answered alike, and asks for nothing, where it is %s',
    async (state) => {
      await api.decide(id, { state })
      expect((await cancel()).status).toBe(202)
      expect(cancels()).toEqual([])
    },
  )

  it('is none of those who may not see it', async () => {
    const answer = await api.call(`/exports/${id}`, { method: 'DELETE' }, 'other')
    expect(answer.status).toBe(404)
    expect(cancels()).toEqual([])
  })

  it('is not done before it is acknowledged', async () => {
    api.writingFails = new TransientError('Kafka did not acknowledge the record')
    expect((await cancel()).status).toBe(503)
    expect(api.logged).not.toContainEqual(expect.objectContaining({ event: 'export cancelled' }))
  })
})
