import { deadLetter } from '#core/dead-letter'
import { stamped } from '#core/envelope'
import { failed, type Outcome } from '#core/handle-record'
import { coordinatesText, derivedId } from '#core/identity'
import { type InputRecord, type OutputRecord, recordBytesMax } from '#core/records'
import type { Unit } from '#core/processor'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** One handled record, ready for the transaction: what to write, and the rows it changed. */
export interface Handled {
  readonly record: InputRecord
  /** As the unit read it; undefined where it could not be read. */
  readonly value: unknown
  readonly outcome: Outcome
  readonly outputs: readonly OutputRecord[]
  readonly rows: ReadonlyMap<string, Buffer | null>
}

interface Writing {
  readonly unit: Unit
  readonly wire: Wire
  readonly appVersion: string
  /** The moment stamped on what is emitted. */
  readonly createdAt: Date
}

const eventIdOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'event_id' in value
    ? String(value.event_id)
    : undefined

/** The story's headers: which story, what caused this, who wrote it, where it all began. */
export function headersFor(
  unit: string,
  record: InputRecord,
  value: unknown,
  lookedUp: readonly string[],
): Record<string, string> {
  const here = coordinatesText(record)
  const cause = eventIdOf(value) ?? here
  const { traceparent } = record.headers
  const headers: Record<string, string> = traceparent === undefined ? {} : { traceparent }
  headers['correlation-id'] = record.headers['correlation-id'] ?? cause
  headers['causation-id'] = cause
  headers['corrente-unit'] = unit
  headers['corrente-origin'] = record.headers['corrente-origin'] ?? here
  if (lookedUp.length > 0) headers['corrente-lookups'] = lookedUp.join(',')
  return headers
}

const bytesOf = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, header) => sum + Buffer.byteLength(header.join('')), 0)

/** The most bytes the texts can have: to count them exactly costs more than to write them. */
function bytesMaxOf(key: string, headers: Readonly<Record<string, string>>): number {
  let characters = key.length
  for (const name in headers) characters += name.length + headers[name]!.length
  return 3 * characters
}

function assertFits(
  { name }: AnyTopic,
  valueBytes: number,
  key: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (valueBytes + bytesMaxOf(key, headers) <= recordBytesMax) return
  const size = valueBytes + Buffer.byteLength(key) + bytesOf(headers)
  if (size <= recordBytesMax) return
  throw new Error(`an emission to ${name} has ${size} bytes, too many for Kafka`)
}

const topicsOf = (unit: Unit): readonly AnyTopic[] => [
  ...unit.outputs,
  ...(unit.state ? [unit.state] : []),
]

/**
 * Turns an outcome into bytes. All of a record's emissions are encoded before any is written, so that one
 * that cannot be encoded sends the record to the dead letters alone.
 */
export function outputsOf(
  record: InputRecord,
  value: unknown,
  outcome: Outcome,
  writing: Writing,
): Handled {
  const { unit, appVersion } = writing
  try {
    const { outputs, rows } = encoded(record, value, outcome, writing)
    if (outcome.cause === undefined) return { record, value, outcome, outputs, rows }
    const { cause: error, attempts } = outcome
    const letter = deadLetter(record, { unit: unit.name, appVersion, error, attempts })
    return { record, value, outcome, outputs: [...outputs, letter], rows }
  } catch (error) {
    const bug = failed(error, outcome.attempts)
    const letter = deadLetter(record, {
      unit: unit.name,
      appVersion,
      error,
      attempts: outcome.attempts,
    })
    return { record, value, outcome: bug, outputs: [letter], rows: new Map() }
  }
}

function encoded(record: InputRecord, value: unknown, outcome: Outcome, writing: Writing) {
  const { unit, wire, appVersion, createdAt } = writing
  const declared = topicsOf(unit)
  const headers = headersFor(unit.name, record, value, outcome.lookedUp)
  const outputs: OutputRecord[] = []
  const rows = new Map<string, Buffer | null>()
  outcome.emissions.forEach((emission, ordinal) => {
    const topic = declared.find(({ name }) => name === emission.topic)
    if (!topic) throw new Error(`${unit.name} does not declare the topic ${emission.topic}`)
    const stamp = {
      eventId: derivedId(unit.name, record, `event/${ordinal}`),
      createdAt,
      appId: emission.appId ?? `${unit.name}:${appVersion}`,
    }
    const bytes =
      emission.value === null ? null : wire.encode(topic, stamped(topic, emission.value, stamp))
    // A null key would be spread over all partitions, where nobody looks for it.
    if (typeof emission.key !== 'string') throw new Error(`an emission to ${topic.name} has no key`)
    assertFits(topic, bytes?.length ?? 0, emission.key, headers)
    const isState = topic === unit.state
    if (isState) rows.set(emission.key, bytes)
    const partition = isState ? record.partition : null
    outputs.push({ topic: topic.name, partition, key: emission.key, value: bytes, headers })
  })
  return { outputs, rows }
}
