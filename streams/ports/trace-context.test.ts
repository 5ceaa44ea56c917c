import { describe, expect, it } from 'vitest'
import { boundedTracestate, parsedTraceparent, recordedTraceOf } from '#ports/trace-context'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const sampled = `00-${traceId}-${spanId}-01`

describe('parsedTraceparent', () => {
  it('reads who caused it, and whether that was recorded', () => {
    expect(parsedTraceparent(sampled)).toEqual({ traceId, spanId, isSampled: true })
    const unsampled = { traceId, spanId, isSampled: false }
    expect(parsedTraceparent(`00-${traceId}-${spanId}-00`)).toEqual(unsampled)
    // Only the lowest bit says so.
    expect(parsedTraceparent(`00-${traceId}-${spanId}-02`)).toEqual(unsampled)
  })

  it('reads what it knows of a later version', () => {
    const later = parsedTraceparent(`cc-${traceId}-${spanId}-01-what-the-future-will-be-like`)
    expect(later).toEqual({ traceId, spanId, isSampled: true })
  })

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['another text', 'yes please'],
    ['upper case', sampled.toUpperCase()],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['a span of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['the version that is forbidden', `ff-${traceId}-${spanId}-01`],
    ['more than version 00 has', `${sampled}-more`],
    ['two of them in one header', `${sampled}, ${sampled}`],
    ['what no header holds', `cc-${traceId}-${spanId}-01-${'x'.repeat(300)}`],
  ])('takes %s for none', (_, text) => {
    expect(parsedTraceparent(text)).toBeUndefined()
  })
})

describe('boundedTracestate', () => {
  it('passes on what others note of the trace', () => {
    expect(boundedTracestate({ tracestate: 'vendor=1,other=2' })).toBe('vendor=1,other=2')
  })

  it.each([
    ['10 kB', 'a=b,'.repeat(2_500)],
    ['a line break', 'a=b\r\nset-cookie: c'],
    ['nothing', ''],
  ])('leaves %s out', (_, tracestate) => {
    expect(boundedTracestate({ tracestate })).toBeUndefined()
  })
})

describe('recordedTraceOf', () => {
  it('names a trace only where somebody recorded it', () => {
    expect(recordedTraceOf({ traceparent: sampled })).toBe(traceId)
    expect(recordedTraceOf({ traceparent: `00-${traceId}-${spanId}-00` })).toBeUndefined()
    expect(recordedTraceOf({})).toBeUndefined()
  })
})
