import { RejectedError } from '#core/errors'
import { type InputRecord, type OutputRecord, recordBytesMax } from '#core/records'
import type { Span } from '#ports/tracing'

/** Where a unit's dead letters go: one topic per unit, since a redrive goes back to the one that failed. */
export const deadLetterTopic = (unit: string): string => `${unit}.dlq`

/** On parked records and dead letters where traces are on: the span of the last try, a `traceparent`. */
export const lastTryHeader = 'corrente-last-try'

/** A bug's class and the line it was thrown at: enough to find it, and no value of a record. */
export const bugPlace = (error: unknown): string => {
  const line =
    error instanceof Error ? error.stack?.split('\n').find((text) => /^ +at /.test(text)) : ''
  return `${errorCode(error)} ${line?.trim() ?? ''}`.trim()
}

interface Cause {
  readonly unit: string
  readonly appVersion: string
  readonly error: unknown
  /** How often it was tried; 0 when it could not even be read. */
  readonly attempts: number
  /** The span of the try that failed, where it is recorded. */
  readonly span?: Span | undefined
}

/** The short name of a failure, for headers, metrics and logs: never its message, which may quote a value. */
export const errorCode = (error: unknown): string => {
  if (error instanceof RejectedError) return error.code
  return error instanceof Error ? error.name : 'Error'
}

/** Where and when the record of a dead letter was first read; undefined where the headers do not say. */
export function provenanceOf(
  headers: InputRecord['headers'],
): Pick<InputRecord, 'topic' | 'partition' | 'offset' | 'timestamp'> | undefined {
  const topic = headers['dlq.topic']
  const [partition, offset, timestamp] = ['partition', 'offset', 'timestamp'].map((name) => {
    const text = headers[`dlq.${name}`]
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  })
  if (topic === undefined || partition === undefined) return undefined
  if (offset === undefined || timestamp === undefined) return undefined
  return { topic, partition, offset, timestamp }
}

/** The producer and the topics of dead letters take this much, its own overhead included. */
const letterBytesMax = 2 * recordBytesMax - 1_000

const bytesOf = ({ key, value, headers }: OutputRecord): number =>
  Buffer.byteLength(key ?? '') +
  (value?.length ?? 0) +
  Object.entries(headers).reduce((sum, header) => sum + Buffer.byteLength(header.join('')) + 10, 0)

/**
 * The record set aside: original key, bytes and headers, plus where it came from and why. What Kafka would not take
 * back stays where it is, and the letter says so: `dlq.left-in-place` is its size in bytes.
 */
export function deadLetter(record: InputRecord, cause: Cause): OutputRecord {
  const message = cause.error instanceof Error ? cause.error.message : String(cause.error)
  const provenance = {
    'dlq.unit': cause.unit,
    'dlq.topic': record.topic,
    'dlq.partition': String(record.partition),
    'dlq.offset': String(record.offset),
    'dlq.timestamp': String(record.timestamp),
    'dlq.error': errorCode(cause.error),
    'dlq.message': message.slice(0, 1_000),
    'dlq.attempts': String(cause.attempts),
    'dlq.app-version': cause.appVersion,
    ...(cause.span ? { [lastTryHeader]: cause.span.headers['traceparent']! } : {}),
  }
  const { partition, key, value } = record
  const topic = deadLetterTopic(cause.unit)
  const letter = { topic, partition, key, value, headers: { ...record.headers, ...provenance } }
  const bytes = bytesOf(letter)
  if (bytes <= letterBytesMax) return letter
  const headers = { ...provenance, 'dlq.left-in-place': String(bytes) }
  return { topic, partition, key: null, value: null, headers }
}
