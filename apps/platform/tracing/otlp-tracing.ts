import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { boundedExport, type SpanOutcome } from '#apps/platform/tracing/bounded-export'
import { OtelTracing } from '#apps/platform/tracing/otel-tracing'
import type { TracingSettings } from '#apps/platform/tracing/settings'
import type { Log } from '#core/log'
import { appVersion } from '#core/version'
import type { Tracing } from '#ports/tracing'

/** Attributes a span may have, and how long a text may be: of what is told here none comes near. */
const spanLimits = { attributeCountLimit: 32, attributeValueLengthLimit: 256, linkCountLimit: 128 }

interface Options {
  readonly settings: TracingSettings
  /** The app, as its log names it. */
  readonly app: string
  readonly log: Log
  readonly count: (outcome: SpanOutcome, spans: number) => void
  /** Where spans go; over HTTP, as the settings say, where absent. */
  readonly exporter?: SpanExporter
}

/** Spans as OTLP over HTTP. Nothing is registered for the whole process: whoever is to trace is given this. */
export function openOtlpTracing({ settings, app, log, count, exporter }: Options): {
  readonly tracing: Tracing
  /** Hands over what waits. */
  flush(): Promise<void>
  /** The same, and nothing more after it. */
  close(): Promise<void>
} {
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    spanLimits,
    resource: resourceFromAttributes({
      'service.namespace': 'corrente',
      'service.name': settings.serviceName ?? `corrente-${app}`,
      'service.version': appVersion,
      'service.instance.id': randomUUID(),
      'host.name': hostname(),
    }),
    spanProcessors: [boundedExport(exporter ?? exporterOf(settings), settings, { log, count })],
  })
  const isParentBased = settings.sampler.startsWith('parentbased_')
  // What its library would decide by the id of a trace is decided by a draw: it is asked of each record that begins one.
  const rootRatio = settings.sampler === 'parentbased_traceidratio' ? settings.ratio : 1
  const tracer = provider.getTracer('corrente', appVersion)
  return {
    tracing: new OtelTracing(tracer, { isParentBased, rootRatio }),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
  }
}

function exporterOf({ protocol, url, headers, timeoutMs }: TracingSettings): SpanExporter {
  const Exporter = protocol === 'http/json' ? JsonExporter : ProtobufExporter
  return new Exporter({ url, headers: { ...headers }, timeoutMillis: timeoutMs })
}

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  if (sampler === 'parentbased_traceidratio') {
    return new ParentBasedSampler({ root: new AlwaysOnSampler() })
  }
  const root = rootSamplerOf(sampler.replace('parentbased_', ''), ratio)
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}

function rootSamplerOf(name: string, ratio: number): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler()
  if (name === 'always_off') return new AlwaysOffSampler()
  return new TraceIdRatioBasedSampler(ratio)
}
