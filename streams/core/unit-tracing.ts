import { errorCode, lastTryHeader } from '#core/dead-letter'
import type { Outcome } from '#core/handle-record'
import { coordinatesText } from '#core/identity'
import type { Settled } from '#core/lane-entries'
import { unitHeader, type Write } from '#core/outputs'
import type { InputRecord } from '#core/records'
import { parsedTraceparent } from '#ports/trace-context'
import type { Span, SpanEnd, TraceHeaders, Tracing } from '#ports/tracing'

/** What of a unit is traced. */
export interface Traced {
  readonly name: string
  readonly input: { readonly name: string }
}

/** Whether a write is a record's, and what came of it. */
interface Told extends Write {
  readonly outcome?: Outcome
}

/**
 * The spans of one unit: one a try of a record, one a transaction. A try is told of once its transaction is through; what
 * was handled in vain, and comes again, says so.
 */
export class UnitTracing {
  readonly #unit: string
  readonly #input: string
  readonly #tracing: Tracing
  readonly #tryName: string
  readonly #commitName: string
  /** How those end that are in hand; of those that are not recorded nothing is kept. */
  readonly #inHand = new Map<Span, SpanEnd>()
  /** The last try of what is tried again, until it is in the record's row. */
  readonly #lastTries = new Map<string, string>()

  constructor({ name, input }: Traced, tracing: Tracing) {
    this.#unit = name
    this.#input = input.name
    this.#tracing = tracing
    this.#tryName = `process ${input.name}`
    this.#commitName = `commit ${input.name}`
  }

  /**
   * A try of a record begins, counted from 1; undefined where it is not recorded. Whether a trace is, is decided where it
   * begins: what a unit of ours emitted without a `traceparent` is of none.
   */
  begin(record: InputRecord, attempt = 1): Span | undefined {
    const { headers } = record
    if (headers['traceparent'] === undefined && headers[unitHeader] !== undefined) return undefined
    const lastTry =
      headers[lastTryHeader] ??
      (attempt > 1 ? this.#lastTries.get(coordinatesText(record)) : undefined)
    const span = this.#tracing.begin({
      name: this.#tryName,
      kind: 'consumer',
      parent: parentOf(headers, lastTry),
      ...(lastTry === undefined ? {} : { links: [lastTry] }),
    })
    if (!span.isRecorded) return undefined
    this.#inHand.set(span, {})
    span.set({
      'messaging.system': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': record.topic,
      'messaging.destination.partition.id': String(record.partition),
      'messaging.kafka.offset': record.offset,
      'messaging.consumer.group.name': this.#unit,
      'corrente.attempt': attempt,
    })
    return span
  }

  /** The try has an outcome, which is told of once it is committed. */
  handled(span: Span | undefined, record: InputRecord, outcome: Outcome): Outcome {
    if (!span) return outcome
    if (this.#inHand.has(span)) this.#inHand.set(span, { endMs: performance.now() })
    if (this.#lastTries.size > 0) this.#lastTries.delete(coordinatesText(record))
    // It is its maker's alone, and a copy would cost more than all that is noted here.
    outcome.span = span
    return outcome
  }

  /** The try did not pass; the record is tried again. */
  inVain(span: Span | undefined, record: InputRecord, error: unknown): void {
    if (!span || !this.#inHand.delete(span)) return
    this.#lastTries.set(coordinatesText(record), span.headers['traceparent']!)
    span.end({ error: errorCode(error) })
  }

  /** The row of a record that waits, with its last try. */
  noted<Waiting extends Extract<Settled, { kind: 'parked' | 'postponed' }>>(settled: Waiting) {
    const place = coordinatesText(settled.item.record)
    const value = this.#lastTries.get(place)
    if (value === undefined) return settled
    this.#lastTries.delete(place)
    const { row } = settled
    const others = row.record.headers.filter(({ name }) => name !== lastTryHeader)
    const headers = [...others, { name: lastTryHeader, value }]
    return { ...settled, row: { ...row, record: { ...row.record, headers } } }
  }

  /** A transaction that began at `startMs` is through: its records are told of, and it itself where one is recorded. */
  committed(writes: readonly Told[], startMs: number): void {
    if (this.#inHand.size === 0) return
    const told = writes.flatMap(({ outcome }) => (outcome?.span ? [outcome] : []))
    const [first, ...others] = told.map(({ span }) => span!)
    if (!first) return
    for (const outcome of told) this.#tell(outcome)
    const links = others.map(({ headers }) => headers['traceparent']!)
    const span = first.begin({ name: this.#commitName, kind: 'client', links, startMs })
    span.set({
      'messaging.system': 'kafka',
      'messaging.operation.name': 'commit',
      'messaging.operation.type': 'settle',
      'messaging.destination.name': this.#input,
      'messaging.consumer.group.name': this.#unit,
      'messaging.batch.message_count': writes.length,
    })
    span.end()
  }

  #tell({ span, cause, emissions }: Outcome): void {
    const end = span && this.#inHand.get(span)
    if (!end) return
    this.#inHand.delete(span)
    const outcome = cause === undefined ? 'done' : 'dead-letter'
    span.end({
      ...end,
      attributes: { 'corrente.outcome': outcome, 'corrente.emissions': emissions.length },
      ...(cause === undefined ? {} : { error: errorCode(cause) }),
    })
  }

  /** All that is in hand is given up: nothing of it was committed, and it comes again. */
  abandoned(): void {
    for (const [span, end] of this.#inHand) span.end({ ...end, error: 'not-committed' })
    this.#inHand.clear()
    this.#lastTries.clear()
  }
}

/** What a record was caused by; of one that began the trace itself, its last try. */
const parentOf = (headers: TraceHeaders, lastTry: string | undefined): TraceHeaders =>
  lastTry !== undefined && !parsedTraceparent(headers['traceparent'])
    ? { traceparent: lastTry }
    : headers
