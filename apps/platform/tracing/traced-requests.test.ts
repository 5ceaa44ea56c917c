import { afterEach, describe, expect, it } from 'vitest'
import { startExampleApp } from '#apps/platform/example-app'
import { exampleTracing, foreignTrace } from '#apps/platform/tracing/example-tracing'
import { spanHere } from '#core/span-here'

let close: () => Promise<void> = async () => undefined
afterEach(() => close())

/** An app with one route, which answers with the trace its work is in. */
async function start(isTraced = true) {
  const { tracing, told } = exampleTracing()
  const app = await startExampleApp(
    (routes) => {
      routes.post('/payers/:id', async (request, response) => {
        for await (const _ of request) await Promise.resolve()
        response.status(201).json(spanHere()?.headers ?? {})
      })
      routes.get('/break', () => {
        throw new Error('no')
      })
    },
    () => ({ problems: [] }),
    isTraced ? { ...tracing, begin: (one) => tracing.begin(one), countIn() {}, close } : undefined,
  )
  close = app.close
  return { ...app, told }
}
const posted = { method: 'POST', body: 'a'.repeat(100_000) }

describe('a request', () => {
  it('is told of by its route, and nothing of its address', async () => {
    const { call, told } = await start()
    const answer = await call('/payers/PRVLCU85M15X000R?name=Luca', posted)
    const { traceparent } = (await answer.json()) as { traceparent: string }
    const [span] = await told()
    expect(span).toMatchObject({ name: 'POST /payers/:id', kind: 'server', parent: undefined })
    expect(span!.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/payers/:id',
      'http.response.status_code': 201,
    })
    expect(traceparent).toBe(`00-${span!.traceId}-${span!.spanId}-01`)
    expect(JSON.stringify(span)).not.toMatch(/PRVLCU|Luca/)
  })

  it('goes on with the trace of its caller, and heeds that it is not recorded', async () => {
    const { call, told } = await start()
    await call('/payers/1', { ...posted, headers: foreignTrace() })
    const unsampled = await call('/payers/1', { ...posted, headers: foreignTrace('00') })
    expect(await unsampled.json()).toEqual(foreignTrace('00'))
    const spans = await told()
    expect(spans.map(({ parent }) => parent)).toEqual(['00f067aa0ba902b7'])
  })

  it('that broke has failed', async () => {
    const { call, told } = await start()
    await call('/break')
    expect((await told())[0]!.attributes['error.type']).toBe('500')
  })

  it('for the status or the numbers of the app is nobody’s work', async () => {
    const { call, told } = await start()
    await call('/status')
    await call('/metrics')
    expect(await told()).toEqual([])
  })

  it('is in no trace where traces are off', async () => {
    const { call } = await start(false)
    const answer = await call('/payers/1', { ...posted, headers: foreignTrace() })
    expect(await answer.json()).toEqual({})
  })
})
