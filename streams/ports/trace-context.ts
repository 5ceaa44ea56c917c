import type { TraceHeaders } from '#ports/tracing'

/** What a `traceparent` says. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 of them. */
  readonly spanId: string
  /** Whether whoever wrote it records the trace. */
  readonly isSampled: boolean
}

/** Longest `tracestate` that is passed on; W3C asks for no more. What is longer is not cut but left out, whole. */
export const tracestateMax = 512

const shape = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/
const noTrace = '0'.repeat(32)
const noSpan = '0'.repeat(16)
/** Printable ASCII, as a header of HTTP has it. */
const isText = (text: string): boolean => /^[\x20-\x7e]+$/.test(text)

/** Reads a `traceparent` of version 00, or the part of a later one that is known; undefined where it is malformed. */
export function parsedTraceparent(text: string | undefined): TraceParent | undefined {
  if (text === undefined || text.length > 256 || !shape.test(text)) return undefined
  const isLonger = text.length > 55
  if (text.startsWith('ff') || (isLonger && text.startsWith('00'))) return undefined
  const traceId = text.slice(3, 35)
  const spanId = text.slice(36, 52)
  if (traceId === noTrace || spanId === noSpan) return undefined
  const isSampled = (Number.parseInt(text.slice(53, 55), 16) & 1) === 1
  return { traceId, spanId, isSampled }
}

/** The `tracestate` that goes with a valid `traceparent`; undefined where there is none that may be passed on. */
export function boundedTracestate({ tracestate }: TraceHeaders): string | undefined {
  if (!tracestate || tracestate.length > tracestateMax || !isText(tracestate)) return undefined
  return tracestate
}

/** The trace that somebody recorded, by its id, where a record's headers name one. */
export function recordedTraceOf(headers: TraceHeaders): string | undefined {
  const parent = parsedTraceparent(headers['traceparent'])
  return parent?.isSampled ? parent.traceId : undefined
}
