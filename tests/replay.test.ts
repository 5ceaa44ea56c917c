import { afterEach, describe, expect, it, vi } from 'vitest'
import { declaredUnits } from '#apps/platform/declared-units'
import { handled, noState } from '#core/handle-record'
import { outputsOf } from '#core/outputs'
import type { Processor } from '#core/processor'
import type { InputRecord, OutputRecord } from '#core/records'
import { PartitionState } from '#core/state'
import { stateRows } from '#core/state-rows'
import { memoryStore } from '#core/state-store'
import { newWire, type Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'
import { recordedHeaders, recordedInput, recordedRows } from '#tests/recorded-input'

const processors = declaredUnits.filter((unit) => unit.kind === 'processor')
const firstMs = Date.parse('2026-01-15T09:00:00Z')
const wire = newWire({ format: 'json' })

const recordOf = (topic: AnyTopic, value: object, offset: number): InputRecord => ({
  topic: topic.name,
  partition: 3,
  offset,
  key: topic.key(value),
  value: wire.encode(topic, value),
  timestamp: firstMs + 1_000 * offset,
  headers: recordedHeaders(topic.name, value),
})

const decoded = (topic: AnyTopic, bytes: Buffer | null, key: string | null, by: Wire): unknown => {
  const read = by.decode(topic, bytes, key)
  if (read.kind !== 'value') throw new Error(`${topic.name} has a version nobody reads`)
  return read.value
}

const tablesOf = (processor: Processor) =>
  Object.fromEntries(
    Object.entries(processor.lookups ?? {}).map(([name, topic]) => {
      const rows = recordedRows(topic.name).map((value, offset) => ({
        key: topic.key(value),
        row: { value, version: `0:${offset}`, story: {} },
      }))
      const get = (key: string) => rows.find((one) => one.key === key)?.row
      const where = (index: string, value: string) =>
        rows.map(({ row }) => row).filter((row) => row.value[index] === value)
      return [name, { topic, get, where }]
    }),
  )

/** What the processor writes for its recorded input, each record seeing the rows the ones before it left. */
function replayed(processor: Processor): readonly OutputRecord[] {
  const rows = new PartitionState(memoryStore())
  const tables = tablesOf(processor)
  const { input, state: changelog } = processor
  const state = changelog ? stateRows(rows, changelog, wire) : noState
  return recordedInput(input.name).flatMap((value, offset) => {
    const record = recordOf(input, value, offset)
    const read = decoded(input, record.value, record.key, wire)
    const now = new Date(record.timestamp)
    const outcome = handled(processor, record, read, { state, tables, now })
    expect(outcome.isBug, String(outcome.cause)).toBe(false)
    const writing = { unit: processor, wire, appVersion: '0.0.0', createdAt: now }
    const { outputs, rows: changed } = outputsOf({ record, value: read }, outcome, writing)
    for (const { table, key, bytes } of changed) rows.put(table, key, bytes)
    return outputs
  })
}

const replayedAt = (processor: Processor, clock: string) => {
  vi.setSystemTime(clock)
  return replayed(processor)
}

describe('replay', () => {
  afterEach(() => void vi.useRealTimers())

  it.each(processors)('gives the same bytes: $name', (processor) => {
    vi.useFakeTimers()
    const first = replayedAt(processor, '2026-01-15T09:30:00Z')
    const second = replayedAt(processor, '2027-07-01T23:59:59Z')

    expect(second).toEqual(first)
    // Every topic it declares is written, so that nothing is compared with nothing.
    const written = new Set(first.map(({ topic }) => topic))
    const declared = [...processor.outputs, ...(processor.state ? [processor.state] : [])]
    for (const { name } of declared) expect(written).toContain(name)
  })
})
