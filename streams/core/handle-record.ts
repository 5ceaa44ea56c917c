import { RejectedError, TransientError } from '#core/errors'
import { derivedId } from '#core/identity'
import type { InputRecord } from '#core/records'
import type { Emission, Processor, SetAside, StateRows, Task, Unit, Wake } from '#core/processor'
import type { Table } from '#core/table'

/** What became of one record. `cause` sends it to the dead letters, beside its emissions. */
export interface Outcome {
  readonly emissions: readonly Emission[]
  /** What the unit wants to read later. */
  readonly wakes?: readonly Wake[]
  readonly cause?: unknown
  /** Not foreseen by the unit: neither rejected nor transient. */
  readonly isBug: boolean
  readonly attempts: number
  /** `table/key@partition:offset` of every row that was looked up. */
  readonly lookedUp: readonly string[]
}

/** What a unit may see while it handles one record. */
export interface Surroundings {
  readonly state: StateRows<unknown>
  readonly tables: Readonly<Record<string, Pick<Table, 'topic' | 'get' | 'where'>>>
  readonly now: Date
}

/** What a unit without state sees. */
export const noState: StateRows<unknown> = { get: () => undefined, range: () => [] }

// Of the module, as methods are below: where a record makes a function, esbuild gives it its name at run time, which
// costs two microseconds each.
function seen(
  lookedUp: Set<string>,
  table: Surroundings['tables'][string],
  row: ReturnType<Table['get']>,
) {
  if (!row) return undefined
  const key = String(row.value[table.topic.keyMember])
  lookedUp.add(`${table.topic.name}/${key}@${row.version}`)
  return row.value
}

/** The context of one record, and the versions of the rows looked up through it. */
export function contextOf(unit: Unit, record: InputRecord, given: Surroundings) {
  const lookedUp = new Set<string>()
  let ordinal = 0
  const lookup = Object.fromEntries(
    Object.entries(given.tables).map(([name, table]) => [
      name,
      {
        get(key: string) {
          return seen(lookedUp, table, table.get(key))
        },
        where(index: string, value: string) {
          return table.where(index, value).flatMap((row) => seen(lookedUp, table, row) ?? [])
        },
      },
    ]),
  )
  const context = {
    now: given.now,
    newId() {
      return derivedId(unit.name, record, `id/${ordinal++}`)
    },
    state: given.state,
    lookup,
    headers: record.headers,
    position: { partition: record.partition, offset: record.offset },
  }
  return { context, lookedUp }
}

type Emitted = Emission | SetAside | Wake
const isSetAside = (emitted: Emitted): emitted is SetAside => 'setAside' in emitted
const isWake = (emitted: Emitted): emitted is Wake => 'wakeAt' in emitted
const isEmission = (emitted: Emitted): emitted is Emission => 'topic' in emitted

const done = (
  emitted: readonly Emitted[],
  rest: Pick<Outcome, 'attempts' | 'lookedUp'>,
): Outcome => {
  const aside = emitted.find(isSetAside)
  const wakes = emitted.filter(isWake)
  return {
    emissions: emitted.filter(isEmission),
    ...(wakes.length > 0 ? { wakes } : {}),
    ...(aside ? { cause: aside.setAside } : {}),
    isBug: false,
    ...rest,
  }
}

/** The record goes to the dead letters and nothing else comes of it. */
export const failed = (error: unknown, attempts: number): Outcome => ({
  emissions: [],
  cause: error,
  isBug: !(error instanceof RejectedError),
  attempts,
  lookedUp: [],
})

/** One record through a pure unit. Never throws: what the unit throws is an outcome. */
export function handled(
  processor: Processor,
  record: InputRecord,
  value: unknown,
  given: Surroundings,
): Outcome {
  const { context, lookedUp } = contextOf(processor, record, given)
  try {
    const emitted = processor.handle(value, context)
    return done(emitted, { attempts: 1, lookedUp: [...lookedUp] })
  } catch (error) {
    return failed(error, 1)
  }
}

interface Trying extends Surroundings {
  readonly signal: AbortSignal
  /** Counts from 1. */
  readonly attempt: number
  /** Set where there are no more tries: what the last one met. */
  readonly exhausted?: string | undefined
}

const refuse: NonNullable<Task['onExhausted']> = async (_, { attempts, reason }) => {
  throw new RejectedError('exhausted', `${attempts} tries, the last: ${reason}`)
}

/**
 * One try of a task: an outcome, or the transient error that asks for another try. Where its tries are used up the
 * task is asked what that means, else it is a dead letter.
 */
export async function attempted(
  task: Task,
  record: InputRecord,
  value: unknown,
  given: Trying,
): Promise<Outcome | TransientError> {
  const { context, lookedUp } = contextOf(task, record, given)
  const { signal, attempt, exhausted } = given
  const settle = () =>
    exhausted === undefined
      ? task.run(value, { ...context, signal })
      : (task.onExhausted ?? refuse)(value, {
          ...context,
          signal,
          attempts: attempt - 1,
          reason: exhausted,
        })
  try {
    const emitted = await settle()
    return done(emitted, { attempts: given.attempt, lookedUp: [...lookedUp] })
  } catch (error) {
    if (given.signal.aborted) {
      return new TransientError(`no answer within ${task.timeoutMs} ms`)
    }
    return error instanceof TransientError ? error : failed(error, given.attempt)
  }
}
