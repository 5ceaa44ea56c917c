import { type ReadableSpan, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import { boundedExport } from '#apps/platform/tracing/bounded-export'
import { silentLog } from '#core/log'

const bounds = { queueMax: 10, batchMax: 5, delayMs: 1, timeoutMs: 1_000 }

function opened(exportSpans: SpanExporter['export']) {
  const counts = { exported: 0, failed: 0, dropped: 0 }
  const logged: object[] = []
  const exporter = { export: exportSpans, shutdown: async () => undefined }
  const processor = boundedExport(exporter, bounds, {
    log: { ...silentLog, warn: (fields) => void logged.push(fields) },
    count: (outcome, spans) => (counts[outcome] += spans),
  })
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test')
  const end = (spans: number) => {
    for (let n = 0; n < spans; n++) tracer.startSpan('work').end()
  }
  return { counts, logged, end, flush: () => processor.forceFlush() }
}

describe('boundedExport', () => {
  it('hands over what has ended, in batches', async () => {
    const batches: number[] = []
    const { counts, end, flush } = opened((spans: ReadableSpan[], done) => {
      batches.push(spans.length)
      done({ code: 0 })
    })
    end(7)
    await flush()
    expect(batches).toEqual([5, 2])
    expect(counts).toEqual({ exported: 7, failed: 0, dropped: 0 })
  })

  it('keeps no more than its bound for a receiver that hangs, counts the rest, and says so once', () => {
    const { counts, logged, end } = opened(() => undefined)
    end(1_000)
    // One batch is out, as many wait as may.
    expect(counts).toEqual({ exported: 0, failed: 0, dropped: 1_000 - 5 - 10 })
    expect(logged).toEqual([{ spans: 1, reason: '10 wait already' }])
  })

  it('counts what a receiver refuses, and goes on', async () => {
    let isAway = true
    const { counts, logged, end, flush } = opened((_, done) =>
      done(isAway ? { code: 1, error: new Error('503\n<html>') } : { code: 0 }),
    )
    end(3)
    await flush()
    isAway = false
    end(2)
    await flush()
    expect(counts).toEqual({ exported: 2, failed: 3, dropped: 0 })
    expect(logged).toEqual([{ spans: 3, reason: '503' }])
  })
})
