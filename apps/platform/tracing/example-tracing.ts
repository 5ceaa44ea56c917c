import { SpanKind } from '@opentelemetry/api'
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace'
import { openOtlpTracing } from '#apps/platform/tracing/otlp-tracing'
import { type TracingSettings, tracingSettings } from '#apps/platform/tracing/settings'
import { silentLog } from '#core/log'

/** What is told of a span. */
export interface ToldSpan {
  readonly name: string
  readonly kind: string
  readonly traceId: string
  readonly spanId: string
  /** The span it was caused by. */
  readonly parent: string | undefined
  /** Spans it belongs to besides. */
  readonly links: readonly string[]
  readonly attributes: Readonly<Record<string, unknown>>
}

const settings = tracingSettings({
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  OTEL_TRACES_SAMPLER: 'parentbased_always_on',
}) as TracingSettings

/** Traces that are kept, all of them unless said otherwise; `told` gives those whose spans have ended. */
export function exampleTracing(given: Partial<TracingSettings> = {}) {
  const exporter = new InMemorySpanExporter()
  const opened = openOtlpTracing({
    ...{ app: 'example', log: silentLog, count: () => undefined },
    settings: { ...settings, ...given },
    exporter,
  })
  return {
    tracing: opened.tracing,
    async told(): Promise<readonly ToldSpan[]> {
      await opened.flush()
      return exporter.getFinishedSpans().map((span) => ({
        name: span.name,
        kind: SpanKind[span.kind].toLowerCase(),
        traceId: span.spanContext().traceId,
        spanId: span.spanContext().spanId,
        parent: span.parentSpanContext?.spanId,
        links: span.links.map(({ context }) => context.spanId),
        attributes: span.attributes,
      }))
    },
  }
}

/** The headers of a trace of somebody else. */
export const foreignTrace = (flags: '00' | '01' = '01') => ({
  traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`,
})
