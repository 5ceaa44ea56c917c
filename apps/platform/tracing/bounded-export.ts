import { ExportResultCode, type ExportResult } from '@opentelemetry/core'
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace'
import type { Log } from '#core/log'

/** What became of spans: taken by the receiver, not taken, or left out since too many waited. */
export type SpanOutcome = 'exported' | 'failed' | 'dropped'

interface Bounds {
  /** Spans that wait; those beyond are left out. */
  readonly queueMax: number
  readonly batchMax: number
  readonly delayMs: number
  readonly timeoutMs: number
}

interface Told {
  readonly log: Log
  readonly count: (outcome: SpanOutcome, spans: number) => void
}

/** How often the log says that spans are lost, milliseconds. */
const tellingMs = 60_000

/**
 * Hands spans that have ended to the exporter, in batches and beside all else. Nobody waits for it: what does not fit is
 * left out and counted, and the log says so once a minute.
 */
export function boundedExport(
  exporter: SpanExporter,
  { queueMax, batchMax, delayMs, timeoutMs }: Bounds,
  { log, count }: Told,
): SpanProcessor {
  let waiting = 0
  const lost = countLost(log, count)
  const batches = new BatchSpanProcessor({
    exporter: told(exporter, {
      onTaken: (spans) => (waiting -= spans),
      onEnded: (spans, reason) =>
        reason === undefined ? count('exported', spans) : lost('failed', spans, reason),
    }),
    maxQueueSize: queueMax,
    maxExportBatchSize: batchMax,
    scheduledDelayMillis: delayMs,
    // Its own bound ends first; this one is for an exporter that says nothing at all.
    exportTimeoutMillis: 2 * timeoutMs,
  })
  return {
    onStart: () => undefined,
    onEnd(span) {
      if (waiting >= queueMax) return lost('dropped', 1, `${queueMax} wait already`)
      waiting += 1
      batches.onEnd(span)
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  }
}

interface Watching {
  readonly onTaken: (spans: number) => void
  /** A reason where they were not taken. */
  readonly onEnded: (spans: number, reason: string | undefined) => void
}

/** The same exporter, watched. */
const told = (exporter: SpanExporter, { onTaken, onEnded }: Watching): SpanExporter => ({
  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    onTaken(spans.length)
    exporter.export(spans, (result) => {
      const isTaken = result.code === ExportResultCode.SUCCESS
      onEnded(spans.length, isTaken ? undefined : reasonOf(result.error))
      // What is lost is counted here; told of it, the library would write of it to nowhere.
      done({ code: ExportResultCode.SUCCESS })
    })
  },
  shutdown: () => exporter.shutdown(),
})

/** Its first line: what the receiver answered may be a page. */
const reasonOf = (error: Error | undefined): string =>
  (error?.message ?? 'no reason was given').split('\n', 1)[0]!.slice(0, 200)

function countLost(log: Log, count: Told['count']) {
  let lost = 0
  let toldAtMs = -Infinity
  return (outcome: 'failed' | 'dropped', spans: number, reason: string): void => {
    count(outcome, spans)
    lost += spans
    if (performance.now() - toldAtMs < tellingMs) return
    toldAtMs = performance.now()
    log.warn({ spans: lost, reason }, 'spans were lost')
    lost = 0
  }
}
