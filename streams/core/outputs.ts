import { deadLetter } from '#core/dead-letter'
import { stamped } from '#core/envelope'
import { failed, type Outcome } from '#core/handle-record'
import { coordinatesText, derivedId } from '#core/identity'
import type { Item } from '#core/item'
import { type InputRecord, type OutputRecord, type Position, recordBytesMax } from '#core/records'
import type { Emission, Unit, Wake } from '#core/processor'
import type { RowChange } from '#core/state'
import { timerOf } from '#core/timers'
import type { Wire } from '#core/wire'
import { timersTopic } from '#schemas/engine/unit-topics'
import type { AnyTopic } from '#schemas/topic'

/** A part of a transaction: what to write for a partition, the rows it changes, and where the unit goes on. */
export interface Write {
  readonly partition: number
  readonly outputs: readonly OutputRecord[]
  readonly rows: readonly RowChange[]
  readonly behind?: Position | undefined
}

/** One handled record, ready for the transaction. */
export interface Handled extends Write {
  readonly item: Item
  readonly outcome: Outcome
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

/** Which unit emitted a record. */
export const unitHeader = 'corrente-unit'

/** The story's headers: which story, what caused this, who wrote it, where it all began. */
export function headersFor(
  unit: string,
  record: InputRecord,
  value: unknown,
  { lookedUp, span }: Pick<Outcome, 'lookedUp' | 'span'>,
): Record<string, string> {
  const here = coordinatesText(record)
  const cause = eventIdOf(value) ?? here
  // Where nothing is recorded, the traceparent of others goes through. A copy by spreading takes ten times as long.
  const { traceparent } = span ? span.headers : record.headers
  const tracestate = span?.headers['tracestate']
  const headers: Record<string, string> = traceparent === undefined ? {} : { traceparent }
  if (tracestate !== undefined) headers['tracestate'] = tracestate
  headers['correlation-id'] = record.headers['correlation-id'] ?? cause
  headers['causation-id'] = cause
  headers[unitHeader] = unit
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

/**
 * Turns an outcome into bytes. All of a record's emissions are encoded before any is written, so that one
 * that cannot be encoded sends the record to the dead letters alone.
 */
export function outputsOf(item: Item, outcome: Outcome, writing: Writing): Handled {
  try {
    const encoding = new Encoding(item, outcome, writing)
    encoding.encode()
    return handled(item, outcome, writing, encoding)
  } catch (error) {
    const nothing = { outputs: [], rows: [] }
    const { attempts, span } = outcome
    const unwritten = { ...failed(error, attempts), ...(span ? { span } : {}) }
    return handled(item, unwritten, writing, nothing)
  }
}

type Made = Pick<Write, 'outputs' | 'rows'>

function handled(item: Item, outcome: Outcome, writing: Writing, { outputs, rows }: Made): Handled {
  const { record, behind } = item
  const { partition } = record
  if (outcome.cause === undefined) return { partition, item, outcome, outputs, rows, behind }
  const { cause: error, attempts, span } = outcome
  const { unit, appVersion } = writing
  const letter = deadLetter(record, { unit: unit.name, appVersion, error, attempts, span })
  return { partition, item, outcome, outputs: [...outputs, letter], rows, behind }
}

/** What one record's outcome is in bytes; a class, since functions made for each record cost more than the rest. */
class Encoding implements Made {
  readonly outputs: OutputRecord[] = []
  readonly rows: RowChange[] = []
  readonly #item: Item
  readonly #outcome: Outcome
  readonly #writing: Writing
  readonly #headers: Readonly<Record<string, string>>

  constructor(item: Item, outcome: Outcome, writing: Writing) {
    this.#item = item
    this.#outcome = outcome
    this.#writing = writing
    this.#headers = headersFor(writing.unit.name, item.record, item.value, outcome)
  }

  encode(): void {
    let ordinal = 0
    for (const emission of this.#outcome.emissions) this.#emit(emission, ordinal++)
    ordinal = 0
    for (const wake of this.#outcome.wakes ?? []) this.#wake(wake, ordinal++)
  }

  #emit({ topic: name, key, value, appId }: Emission, ordinal: number): void {
    const { unit } = this.#writing
    const topic = unit.state?.name === name ? unit.state : topicNamed(unit.outputs, name)
    if (!topic) throw new Error(`${unit.name} does not declare the topic ${name}`)
    const bytes = value === null ? null : this.#bytesOf(topic, value, `event/${ordinal}`, appId)
    this.#add(topic, key, bytes)
  }

  #wake(wake: Wake, ordinal: number): void {
    const { unit, wire } = this.#writing
    const { name, input, timers } = unit
    if (!timers) throw new Error(`${name} does not declare timers`)
    const bytes = this.#bytesOf(input, wake.value, `wake/${ordinal}`)
    const { record } = this.#item
    const rest = { key: input.key(wake.value), bytes, headers: this.#headers }
    const timer = timerOf(wake, { unit: name, record, ordinal, ...rest })
    const topic = timersTopic(name)
    this.#add(topic, timer.place, wire.encode(topic, timer))
  }

  #bytesOf(topic: AnyTopic, value: unknown, ordinal: string, appId?: string): Buffer {
    const { unit, wire, appVersion, createdAt } = this.#writing
    // Only an envelope has an id, which costs more than the rest of it.
    if (topic.version === undefined) return wire.encode(topic, value)
    const eventId = derivedId(unit.name, this.#item.record, ordinal)
    const stamp = { eventId, createdAt, appId: appId ?? `${unit.name}:${appVersion}` }
    return wire.encode(topic, stamped(topic, value, stamp))
  }

  #add(topic: AnyTopic, key: string, bytes: Buffer | null): void {
    // A null key would be spread over all partitions, where nobody looks for it.
    if (typeof key !== 'string') throw new Error(`an emission to ${topic.name} has no key`)
    const headers = this.#headers
    assertFits(topic, bytes?.length ?? 0, key, headers)
    const isRow = topic.kind === 'changelog'
    if (isRow) this.rows.push({ table: topic.name, key, bytes })
    const partition = isRow ? this.#item.record.partition : null
    this.outputs.push({ topic: topic.name, partition, key, value: bytes, headers })
  }
}

function topicNamed(topics: readonly AnyTopic[], name: string): AnyTopic | undefined {
  for (const topic of topics) if (topic.name === name) return topic
  return undefined
}
