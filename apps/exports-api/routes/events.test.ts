import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleApi, startExampleApi } from '#apps/exports-api/example-api'
import { readEvents } from '#apps/platform/event-stream'

let api: ExampleApi
let id: string
beforeEach(async () => {
  api = await startExampleApi({ heartbeatMs: 200, listenersMax: 2 })
  id = await api.request()
})
afterEach(() => api.stop())

const open = (headers: Readonly<Record<string, string>> = {}) =>
  api.call(`/exports/${id}/events`, { headers })

interface Told {
  readonly event: string
  readonly data: { readonly state?: string; readonly rendered?: number }
}
/** What is told, as it comes. */
async function* toldOf(answer: Response): AsyncGenerator<Told, undefined> {
  for await (const { event, data } of readEvents(answer.body!)) {
    yield { event, data: JSON.parse(data) as Told['data'] }
  }
}
const nextOf = async (told: AsyncGenerator<Told, undefined>) => (await told.next()).value
const leave = async (answer: Response) => answer.body?.cancel()

describe('GET /exports/:id/events', () => {
  it('tells what is, each change, and ends where nothing changes by itself any more', async () => {
    const answer = await open()
    expect(answer.headers.get('content-type')).toMatch('text/event-stream')
    const told = toldOf(answer)
    expect(await nextOf(told)).toMatchObject({ event: 'export', data: { state: 'PENDING' } })
    const { export_id } = await api.decide(id)
    expect(await nextOf(told)).toMatchObject({ data: { state: 'EXTRACTING' } })
    await api.decide(id, { export_id, state: 'RENDERING', records: 20, rendered: 10 })
    expect(await nextOf(told)).toMatchObject({ data: { state: 'RENDERING', rendered: 10 } })
    await api.decide(id, { export_id, state: 'READY', records: 20, rendered: 20 })
    expect(await nextOf(told)).toMatchObject({ data: { state: 'READY' } })
    expect(await nextOf(told)).toEqual({ event: 'end', data: {} })
    expect((await told.next()).done).toBe(true)
    await expect.poll(() => api.listeners.count).toBe(0)
  })

  it('tells the changes of an export that serves another request, too', async () => {
    const other = await api.request()
    const { export_id } = await api.decide(other)
    await api.decide(id, { export_id })
    const told = toldOf(await open())
    await nextOf(told)
    await api.decide(other, { export_id, state: 'FAILED' })
    expect(await nextOf(told)).toMatchObject({ data: { state: 'FAILED' } })
  })

  it('is no busier for changes that come close together', async () => {
    const told = toldOf(await open())
    await nextOf(told)
    for (let rendered = 1; rendered <= 50; rendered++) {
      await api.decide(id, { state: 'RENDERING', records: 50, rendered })
    }
    expect(await nextOf(told)).toMatchObject({ data: { rendered: 50 } })
    await api.decide(id, { state: 'CANCELLED' })
    expect(await nextOf(told)).toMatchObject({ data: { state: 'CANCELLED' } })
  })

  it('begins with what is, whatever was seen last', async () => {
    const told = toldOf(await open({ 'last-event-id': '999; or nothing of ours' }))
    expect(await nextOf(told)).toMatchObject({ data: { state: 'PENDING' } })
    await told.return(undefined)
  })

  it('lets something be heard while nothing changes', async () => {
    const answer = await open()
    const reader = answer.body!.getReader()
    let heard = ''
    while (!heard.includes(': still here')) {
      heard += Buffer.from((await reader.read()).value ?? []).toString()
    }
    await reader.cancel()
  })

  it('forgets those who left', async () => {
    const answer = await open()
    expect(api.listeners.count).toBe(1)
    await leave(answer)
    await expect.poll(() => api.listeners.count).toBe(0)
  })

  it('has room for so many, and says so to the next', async () => {
    const both = [await open(), await open()]
    const third = await open()
    expect(third.status).toBe(503)
    expect(third.headers.get('content-type')).toMatch('application/problem+json')
    await Promise.all([...both, third].map(leave))
  })

  it('lets everybody go when the process ends, without the end of the export', async () => {
    const told = toldOf(await open())
    await nextOf(told)
    const begun = performance.now()
    await api.stop()
    expect(performance.now() - begun).toBeLessThan(3_000)
    expect((await told.next()).done).toBe(true)
  })

  it('is not for those who may not see it', async () => {
    expect((await api.call(`/exports/${id}/events`, {}, 'other')).status).toBe(404)
    expect(api.listeners.count).toBe(0)
  })
})
