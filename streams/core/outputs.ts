import { deadLetter } from '#core/dead-letter'
import { stamped } from '#core/envelope'
import { failed, type Outcome } from '#core/handle-record'
import { coordinatesText, derivedId } from '#core/identity'
import type { Item } from '#core/item'
import { type InputRecord, type OutputRecord, type Position, recordBytesMax } from '#core/records'
import type { Unit } from '#core/processor'
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
  readonly behind?: Position
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
  return {
    ...(traceparent === undefined ? {} : { traceparent }),
    'correlation-id': record.headers['correlation-id'] ?? cause,
    'causation-id': cause,
    'corrente-unit': unit,
    'corrente-origin': record.headers['corrente-origin'] ?? here,
    ...(lookedUp.length === 0 ? {} : { 'corrente-lookups': lookedUp.join(',') }),
  }
}

const bytesOf = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, header) => sum + Buffer.byteLength(header.join('')), 0)

/**
 * Turns an outcome into bytes. All of a record's emissions are encoded before any is written, so that one
 * that cannot be encoded sends the record to the dead letters alone.
 */
export function outputsOf(item: Item, outcome: Outcome, writing: Writing): Handled {
  const { unit, appVersion } = writing
  const { record, behind } = item
  const made = (final: Outcome, { outputs, rows }: Made): Handled => {
    const { cause: error, attempts } = final
    const isDead = error !== undefined
    const letter = isDead && deadLetter(record, { unit: unit.name, appVersion, error, attempts })
    return {
      partition: record.partition,
      item,
      outcome: final,
      outputs: letter ? [...outputs, letter] : outputs,
      rows,
      ...(behind ? { behind } : {}),
    }
  }
  try {
    return made(outcome, encoded(item, outcome, writing))
  } catch (error) {
    return made(failed(error, outcome.attempts), { outputs: [], rows: [] })
  }
}

type Made = Pick<Write, 'outputs' | 'rows'>

function encoded({ record, value }: Item, outcome: Outcome, writing: Writing): Made {
  const { unit, wire, appVersion, createdAt } = writing
  const headers = headersFor(unit.name, record, value, outcome.lookedUp)
  const headerBytes = bytesOf(headers)
  const outputs: OutputRecord[] = []
  const rows: RowChange[] = []
  const bytesFor = (topic: AnyTopic, given: unknown, ordinal: string, appId?: string) => {
    const eventId = derivedId(unit.name, record, ordinal)
    const stamp = { eventId, createdAt, appId: appId ?? `${unit.name}:${appVersion}` }
    return wire.encode(topic, stamped(topic, given, stamp))
  }
  const add = (topic: AnyTopic, key: string, bytes: Buffer | null) => {
    // A null key would be spread over all partitions, where nobody looks for it.
    if (typeof key !== 'string') throw new Error(`an emission to ${topic.name} has no key`)
    const size = (bytes?.length ?? 0) + Buffer.byteLength(key) + headerBytes
    if (size > recordBytesMax) {
      throw new Error(`an emission to ${topic.name} has ${size} bytes, too many for Kafka`)
    }
    const isRow = topic.kind === 'changelog'
    if (isRow) rows.push({ table: topic.name, key, bytes })
    const partition = isRow ? record.partition : null
    outputs.push({ topic: topic.name, partition, key, value: bytes, headers })
  }
  outcome.emissions.forEach(({ topic: name, key, value: given, appId }, ordinal) => {
    const topic = unit.state?.name === name ? unit.state : unit.outputs.find((t) => t.name === name)
    if (!topic) throw new Error(`${unit.name} does not declare the topic ${name}`)
    add(topic, key, given === null ? null : bytesFor(topic, given, `event/${ordinal}`, appId))
  })
  outcome.wakes?.forEach((wake, ordinal) => {
    if (!unit.timers) throw new Error(`${unit.name} does not declare timers`)
    const bytes = bytesFor(unit.input, wake.value, `wake/${ordinal}`)
    const key = unit.input.key(wake.value)
    const timer = timerOf(wake, { unit: unit.name, record, ordinal, key, bytes, headers })
    const topic = timersTopic(unit.name)
    add(topic, timer.place, wire.encode(topic, timer))
  })
  return { outputs, rows }
}
