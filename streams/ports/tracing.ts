/** The headers of W3C Trace Context: `traceparent`, and `tracestate` where there is one. Of other headers nothing is read. */
export type TraceHeaders = Readonly<Record<string, string | undefined>>

/** What a span is of, in the words of OpenTelemetry. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal'

/** What is told of a span: places, codes, counts. No person, no id of one, no address with ids in it. */
export type Attributes = Readonly<Record<string, string | number>>

/** A span that begins. */
export interface SpanStart {
  /** One of few: an operation and what it is done to, never an id. */
  readonly name: string
  readonly kind: SpanKind
  /** What it was caused by; without a valid `traceparent` it begins a trace. */
  readonly parent?: TraceHeaders
  /** Other spans it belongs to, each a `traceparent`; those that were not recorded are left out. */
  readonly links?: readonly string[]
  /** When it began, by `performance.now()`; now where absent. */
  readonly startMs?: number
}

/** How a span ended. */
export interface SpanEnd {
  /** The name it has from now on. */
  readonly name?: string
  readonly attributes?: Attributes
  /** The short name of a failure; absent where it did not fail. */
  readonly error?: string
  /** When it ended, by `performance.now()`; now where absent. */
  readonly endMs?: number
}

/** A piece of work in a trace, from its beginning to its end. */
export interface Span {
  /** Go with whatever it causes, recorded or not: so what is decided of a trace is decided once. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether anybody is told of it: of a span that is not recorded nothing is kept. */
  readonly isRecorded: boolean
  set(attributes: Attributes): void
  /** A span caused by this one, or by `parent` where it is given. */
  begin(start: SpanStart): Span
  end(end?: SpanEnd): void
}

/** Where spans are told. Returns at once, never throws, and nobody waits for what becomes of them. */
export interface Tracing {
  begin(start: SpanStart): Span
}
