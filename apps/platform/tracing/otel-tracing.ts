import {
  createTraceState,
  type Link,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
  TraceFlags,
} from '@opentelemetry/api'
import { RandomIdGenerator } from '@opentelemetry/sdk-trace'
import { boundedTracestate, parsedTraceparent, type TraceParent } from '#ports/trace-context'
import type { Attributes, Span, SpanEnd, SpanStart, TraceHeaders, Tracing } from '#ports/tracing'

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const

/** Who decides whether a trace is recorded. */
interface Deciding {
  /** The parent, where there is one. */
  readonly isParentBased: boolean
  /** Of the traces that begin here so many are; the library is asked about those alone. */
  readonly rootRatio: number
}

/** Spans by the library of OpenTelemetry; where a parent decides, those of a trace that is not recorded never reach it. */
export class OtelTracing implements Tracing {
  readonly #tracer: Tracer
  readonly #isParentBased: boolean
  readonly #rootRatio: number
  readonly #ids = new RandomIdGenerator()

  constructor(tracer: Tracer, { isParentBased, rootRatio }: Deciding) {
    this.#tracer = tracer
    this.#isParentBased = isParentBased
    this.#rootRatio = rootRatio
  }

  begin({ name, kind, parent, links, startMs }: SpanStart): Span {
    const from = parent && parsedTraceparent(parent['traceparent'])
    if (from && !from.isSampled && this.#isParentBased) {
      return new UnrecordedSpan(passedOn(parent), this)
    }
    if (!from && this.#rootRatio < 1 && Math.random() >= this.#rootRatio) {
      return new UnrecordedSpan(undefined, this)
    }
    const context = from ? trace.setSpanContext(ROOT_CONTEXT, remote(from, parent)) : ROOT_CONTEXT
    const span = this.#tracer.startSpan(
      name,
      {
        kind: kinds[kind],
        ...(links ? { links: links.flatMap(linkTo) } : {}),
        ...(startMs === undefined ? {} : { startTime: epochMsOf(startMs) }),
      },
      context,
    )
    const headers = headersOf(span.spanContext())
    return span.isRecording()
      ? new RecordedSpan(span, headers, this)
      : new UnrecordedSpan(headers, this)
  }

  /** Says that nothing of a trace that began here is recorded. */
  unrecorded(): { readonly traceparent: string } {
    const ids = this.#ids
    return { traceparent: `00-${ids.generateTraceId()}-${ids.generateSpanId()}-00` }
  }
}

const epochMsOf = (ms: number): number => Date.now() - (performance.now() - ms)

function remote({ traceId, spanId, isSampled }: TraceParent, parent: TraceHeaders): SpanContext {
  const tracestate = boundedTracestate(parent)
  return {
    traceId,
    spanId,
    traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  }
}

const linkTo = (traceparent: string): Link[] => {
  const to = parsedTraceparent(traceparent)
  return to?.isSampled ? [{ context: remote(to, {}) }] : []
}

function headersOf({ traceId, spanId, traceFlags, traceState }: SpanContext) {
  const flags = traceFlags & TraceFlags.SAMPLED ? '01' : '00'
  const traceparent = `00-${traceId}-${spanId}-${flags}`
  const tracestate = traceState?.serialize()
  return tracestate ? { traceparent, tracestate } : { traceparent }
}

function passedOn(parent: TraceHeaders): Readonly<Record<string, string>> {
  const traceparent = parent['traceparent']!
  const tracestate = boundedTracestate(parent)
  return tracestate === undefined ? { traceparent } : { traceparent, tracestate }
}

/** Nothing is kept of it, but that nothing is. */
class UnrecordedSpan implements Span {
  readonly isRecorded = false
  #headers: Readonly<Record<string, string>> | undefined
  readonly #tracing: OtelTracing

  constructor(headers: Readonly<Record<string, string>> | undefined, tracing: OtelTracing) {
    this.#headers = headers
    this.#tracing = tracing
  }

  /** Made when they are asked for: most records ask for none. */
  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= this.#tracing.unrecorded()
    return this.#headers
  }

  set(): void {}

  begin(start: SpanStart): Span {
    return this.#tracing.begin({ parent: this.headers, ...start })
  }

  end(): void {}
}

class RecordedSpan implements Span {
  readonly headers: Readonly<Record<string, string>>
  readonly isRecorded = true
  readonly #span: OtelSpan
  readonly #tracing: Tracing

  constructor(span: OtelSpan, headers: Readonly<Record<string, string>>, tracing: Tracing) {
    this.#span = span
    this.headers = headers
    this.#tracing = tracing
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes)
  }

  begin(start: SpanStart): Span {
    return this.#tracing.begin({ parent: this.headers, ...start })
  }

  end({ name, attributes, error, endMs }: SpanEnd = {}): void {
    if (name !== undefined) this.#span.updateName(name)
    if (attributes) this.#span.setAttributes(attributes)
    if (error !== undefined) {
      this.#span.setAttribute('error.type', error)
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end(endMs)
  }
}
