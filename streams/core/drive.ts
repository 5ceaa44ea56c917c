import { expect } from 'vitest'
import { TransientError } from '#core/errors'
import { attempted, handled, type Outcome, type Surroundings } from '#core/handle-record'
import { derivedId } from '#core/identity'
import type { InputRecord } from '#core/records'
import { mergedRows } from '#core/merged-rows'
import type { Emission, Processor, StateRows, Task, Unit, Wake } from '#core/processor'
import { SortedRows } from '#core/sorted-rows'
import type { Row } from '#core/rows'
import { RejectedError } from '#core/errors'
import type { AnyTopic } from '#schemas/topic'

/** The record's time in every scenario that does not name one. */
export const now = new Date('2026-01-15T09:00:00Z')

const recordOf = (unit: Unit, headers: Readonly<Record<string, string>>): InputRecord => ({
  topic: unit.input.name,
  partition: 0,
  offset: 7,
  key: null,
  value: null,
  timestamp: now.getTime(),
  headers,
})

/** The id a unit gets from its n-th call of `newId`. */
export const newIdOf = (unit: Unit, ordinal = 0): string =>
  derivedId(unit.name, recordOf(unit, {}), `id/${ordinal}`)

const tableOf = (topic: AnyTopic, given: readonly Emission[]) => {
  const rows = given
    .filter((emission) => emission.topic === topic.name)
    .map(({ key, value }): readonly [string, Row] => [
      key,
      { value: value as Row['value'], version: '0:0', story: {} },
    ])
  return {
    topic,
    get: (key: string) => new Map(rows).get(key),
    where: (index: string, value: string) => {
      expect(topic.indexes, `indexes of ${topic.name}`).toContain(index)
      return rows.map(([, row]) => row).filter((row) => row.value[index] === value)
    },
  }
}

/** The rows as the unit's state shows them; of two with one key the later. */
function stateOf(unit: Unit, given: readonly Emission[]): StateRows<unknown> {
  const rows = new SortedRows<unknown>()
  for (const { topic, key, value } of given) if (topic === unit.state?.name) rows.set(key, value)
  return {
    get: (key) => rows.get(key) ?? undefined,
    range: (range) => mergedRows([rows.range(range)], range),
  }
}

const surroundingsOf = (unit: Unit, given: readonly Emission[], at: Date): Surroundings => ({
  now: at,
  state: stateOf(unit, given),
  tables: Object.fromEntries(
    Object.entries(unit.lookups ?? {}).map(([name, topic]) => [name, tableOf(topic, given)]),
  ),
})

/** What a unit emits: records, and values it wants to read later. */
type Expected = readonly (Emission | Wake)[]

const isWake = (one: Emission | Wake): one is Wake => 'wakeAt' in one

const expectEmitted = ({ emissions, wakes = [] }: Outcome, expected: Expected) => {
  expect(emissions).toEqual(expected.filter((one) => !isWake(one)))
  expect(wakes).toEqual(expected.filter(isWake))
}

const expectEmissions = (outcome: Outcome, expected: Expected) => {
  if (outcome.cause instanceof Error) throw outcome.cause
  expect(outcome.cause).toBeUndefined()
  expectEmitted(outcome, expected)
}

const expectSetAside = (outcome: Outcome, code: string, expected: Expected) => {
  expect(outcome.isBug, String(outcome.cause)).toBe(false)
  expect(outcome.cause).toBeInstanceOf(RejectedError)
  expect((outcome.cause as RejectedError).code).toBe(code)
  expectEmitted(outcome, expected)
}

interface Circumstances {
  readonly headers?: Readonly<Record<string, string>>
  readonly at?: Date
}

interface TaskCircumstances extends Circumstances {
  /** Its tries are used up, and this is what the last one met. */
  readonly exhausted?: { readonly attempts: number; readonly reason: string }
}

/** Runs a processor without a broker: given rows of state and tables, when a record arrives, then these emissions. */
export function drive<Input, Given extends Processor>(
  processor: Given & { handle(value: Input, context: never): unknown },
) {
  const scenario = (rows: readonly Emission[]) => ({
    given: (...more: readonly Emission[]) => scenario([...rows, ...more]),
    when(value: Input, { headers = {}, at = now }: Circumstances = {}) {
      const record = recordOf(processor, headers)
      const outcome = handled(processor, record, value, surroundingsOf(processor, rows, at))
      return {
        outcome,
        then: (...expected: Expected) => expectEmissions(outcome, expected),
        thenSetsAside: (code: string, ...expected: Expected) =>
          expectSetAside(outcome, code, expected),
      }
    },
  })
  return scenario([])
}

/** Runs one try of a task without a broker; its ports are whatever it was made with. */
export function driveTask<Input, Given extends Task>(
  task: Given & { run(value: Input, context: never): unknown },
) {
  const scenario = (rows: readonly Emission[]) => ({
    given: (...more: readonly Emission[]) => scenario([...rows, ...more]),
    when(value: Input, { headers = {}, at = now, exhausted }: TaskCircumstances = {}) {
      const signal = AbortSignal.timeout(task.timeoutMs)
      const attempt = exhausted ? exhausted.attempts + 1 : 1
      const given = {
        ...surroundingsOf(task, rows, at),
        signal,
        attempt,
        exhausted: exhausted?.reason,
      }
      const outcome = attempted(task, recordOf(task, headers), value, given)
      const ended = async () => {
        const result = await outcome
        if (result instanceof TransientError) throw result
        return result
      }
      return {
        emits: async (...expected: Expected) => expectEmissions(await ended(), expected),
        setsAside: async (code: string, ...expected: Expected) =>
          expectSetAside(await ended(), code, expected),
        /** The task asks to be tried again. */
        waits: async () => expect(await outcome).toBeInstanceOf(TransientError),
      }
    },
  })
  return scenario([])
}
