import { setTimeout as sleep } from 'node:timers/promises'
import { Counter, type Registry } from 'prom-client'
import type { SpanOutcome } from '#apps/platform/tracing/bounded-export'
import { tracingSettings } from '#apps/platform/tracing/settings'
import { newLog } from '#core/log'
import type { Tracing } from '#ports/tracing'

/** The traces of one process. */
export interface ProcessTracing extends Tracing {
  /** Adds what becomes of spans to the numbers of the process. */
  countIn(registry: Registry): void
  /** Hands over what waits, for two seconds at most. */
  close(): Promise<void>
}

/** Longest wait for a receiver at the end, milliseconds. */
const closingMsMax = 2_000

/**
 * Opens the traces of an app as its environment says; undefined where they are off, and then nothing of OpenTelemetry is
 * loaded. Throws SettingsError.
 */
export async function openTracing(
  env: Readonly<Record<string, string | undefined>>,
  app: string,
): Promise<ProcessTracing | undefined> {
  const settings = tracingSettings(env)
  if (!settings) return undefined
  const log = newLog(app, settings.logLevel)
  const { openOtlpTracing } = await import('#apps/platform/tracing/otlp-tracing')
  const counts: Record<SpanOutcome, number> = { exported: 0, failed: 0, dropped: 0 }
  const count = (outcome: SpanOutcome, spans: number) => void (counts[outcome] += spans)
  const opened = openOtlpTracing({ settings, app, log, count })
  return {
    begin: (start) => opened.tracing.begin(start),
    countIn: (registry) => countSpans(registry, counts),
    async close() {
      const closed = opened.close().catch(() => undefined)
      await Promise.race([closed, sleep(closingMsMax, undefined, { ref: false })])
    },
  }
}

function countSpans(registry: Registry, counts: Readonly<Record<SpanOutcome, number>>): void {
  const counter = new Counter({
    name: 'corrente_spans_total',
    help: 'Spans by what became of them: exported, failed (not taken), dropped (too many waited)',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      counter.reset()
      for (const [outcome, spans] of Object.entries(counts)) counter.inc({ outcome }, spans)
    },
  })
}
