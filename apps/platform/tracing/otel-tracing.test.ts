import { describe, expect, it } from 'vitest'
import { exampleTracing, foreignTrace } from '#apps/platform/tracing/example-tracing'
import { parsedTraceparent } from '#ports/trace-context'
import type { TraceHeaders } from '#ports/tracing'

const start = { name: 'process applications', kind: 'consumer' } as const
const traceOf = (headers: TraceHeaders) => parsedTraceparent(headers['traceparent'])

describe('a span', () => {
  it('goes on with the trace of whoever caused it, and with what others note of that', async () => {
    const { tracing, told } = exampleTracing()
    const parent = { ...foreignTrace(), tracestate: 'vendor=1' }
    const span = tracing.begin({ ...start, parent })
    span.end({ attributes: { 'corrente.outcome': 'done' } })
    const [only] = await told()
    expect(only).toMatchObject({
      name: 'process applications',
      kind: 'consumer',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parent: '00f067aa0ba902b7',
      attributes: { 'corrente.outcome': 'done' },
    })
    expect(span.headers).toEqual({
      traceparent: `00-${only!.traceId}-${only!.spanId}-01`,
      tracestate: 'vendor=1',
    })
  })

  it('that is caused by another names that one', async () => {
    const { tracing, told } = exampleTracing()
    const cause = tracing.begin(start)
    cause.begin({ name: 'call', kind: 'client' }).end({ error: 'ECONNREFUSED' })
    cause.end()
    const [call, process] = await told()
    expect(call).toMatchObject({ parent: process!.spanId, traceId: process!.traceId })
    expect(call!.attributes).toEqual({ 'error.type': 'ECONNREFUSED' })
    expect(process!.parent).toBeUndefined()
  })

  it.each([
    ['a malformed traceparent', { traceparent: '00-zz-zz-01' }],
    ['an empty one', { traceparent: '' }],
    ['none', {}],
  ])('begins a trace where %s came from outside', async (_, parent) => {
    const { tracing, told } = exampleTracing()
    const span = tracing.begin({ ...start, parent })
    span.end()
    expect(traceOf(span.headers)?.isSampled).toBe(true)
    expect((await told())[0]?.parent).toBeUndefined()
  })

  it.each(['01', '00'] as const)('leaves a tracestate of 10 kB out, flags %s', (flags) => {
    const { tracing } = exampleTracing()
    const parent = { ...foreignTrace(flags), tracestate: `a=${'b'.repeat(10_000)}` }
    expect(Object.keys(tracing.begin({ ...start, parent }).headers)).toEqual(['traceparent'])
  })

  it('leaves links to what nobody recorded out', async () => {
    const { tracing, told } = exampleTracing()
    const links = [foreignTrace('01'), foreignTrace('00')].map(({ traceparent }) => traceparent)
    tracing.begin({ ...start, links: [...links, 'not one'] }).end()
    expect((await told())[0]?.links).toEqual(['00f067aa0ba902b7'])
  })
})

describe('whether a trace is recorded', () => {
  it('was decided by whoever began it', async () => {
    const { tracing, told } = exampleTracing()
    const span = tracing.begin({ ...start, parent: foreignTrace('00') })
    expect(span.isRecorded).toBe(false)
    // Goes on as it came: what no one records needs no names of its own.
    expect(span.headers).toEqual(foreignTrace('00'))
    span.begin({ name: 'call', kind: 'client' }).end()
    span.end()
    expect(await told()).toEqual([])
  })

  it('is decided once, and goes with the headers, where it begins here', async () => {
    const { tracing, told } = exampleTracing({ sampler: 'parentbased_traceidratio', ratio: 0 })
    const span = tracing.begin(start)
    span.end()
    expect(span.isRecorded).toBe(false)
    expect(traceOf(span.headers)?.isSampled).toBe(false)
    expect(await told()).toEqual([])
  })

  it('is decided for about as many as are asked for', () => {
    const { tracing } = exampleTracing({ sampler: 'parentbased_traceidratio', ratio: 0.25 })
    const spans = Array.from({ length: 4_000 }, () => tracing.begin(start))
    const recorded = spans.filter(({ isRecorded }) => isRecorded).length
    expect(recorded).toBeGreaterThan(800)
    expect(recorded).toBeLessThan(1_200)
  })

  it('is decided anew by a sampler that heeds no parent', () => {
    const { tracing } = exampleTracing({ sampler: 'always_on' })
    const span = tracing.begin({ ...start, parent: foreignTrace('00') })
    expect(span.isRecorded).toBe(true)
    expect(traceOf(span.headers)?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  })
})
