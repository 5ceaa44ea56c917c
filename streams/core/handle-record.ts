import { RejectedError, TransientError } from '#core/errors'
import { derivedId } from '#core/identity'
import type { InputRecord } from '#core/records'
import type {
  Emission,
  Lookup,
  Processor,
  SetAside,
  StateRows,
  Task,
  Unit,
  Wake,
} from '#core/processor'
import type { Table } from '#core/table'
import type { UnitTracing } from '#core/unit-tracing'
import type { Span } from '#ports/tracing'

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
  /** The try it comes of, set once where that is recorded: what is emitted goes with it. */
  span?: Span
}

/** What a unit may see while it handles one record. */
export interface Surroundings {
  readonly state: StateRows<unknown>
  readonly tables: Readonly<Record<string, Pick<Table, 'topic' | 'get' | 'where'>>>
  readonly now: Date
  /** Absent where traces are off. */
  readonly tracing?: UnitTracing | undefined
}

/** What a unit without state sees. */
export const noState: StateRows<unknown> = { get: () => undefined, range: () => [] }

// A class, as there are methods below: where a record makes a function, esbuild gives it its name at run time, which
// costs two microseconds each.
class NotedLookup implements Lookup<unknown> {
  readonly #table: Surroundings['tables'][string]
  readonly #lookedUp: Set<string>

  constructor(table: Surroundings['tables'][string], lookedUp: Set<string>) {
    this.#table = table
    this.#lookedUp = lookedUp
  }

  get(key: string) {
    return this.#seen(this.#table.get(key))
  }

  where(index: string, value: string) {
    return this.#table.where(index, value).flatMap((row) => this.#seen(row) ?? [])
  }

  #seen(row: ReturnType<Table['get']>) {
    if (!row) return undefined
    const { topic } = this.#table
    const key = String(row.value[topic.keyMember])
    this.#lookedUp.add(`${topic.name}/${key}@${row.version}`)
    return row.value
  }
}

/** The context of one record, and the versions of the rows looked up through it. */
export function contextOf(unit: Unit, record: InputRecord, given: Surroundings) {
  const lookedUp = new Set<string>()
  let ordinal = 0
  const lookup: Record<string, Lookup<unknown>> = {}
  for (const name in given.tables) lookup[name] = new NotedLookup(given.tables[name]!, lookedUp)
  const context = {
    now: given.now,
    newId() {
      return derivedId(unit.name, record, `id/${ordinal++}`)
    },
    state: given.state,
    lookup,
    headers: record.headers,
    position: { partition: record.partition, offset: record.offset },
    sentBackAt: record.sentBackAt === undefined ? undefined : new Date(record.sentBackAt),
  }
  return { context, lookedUp }
}

const none: readonly string[] = []

type Emitted = Emission | SetAside | Wake

const done = (
  emitted: readonly Emitted[],
  rest: Pick<Outcome, 'attempts' | 'lookedUp'>,
): Outcome => {
  const emissions: Emission[] = []
  const wakes: Wake[] = []
  let cause: unknown
  for (const each of emitted) {
    if ('topic' in each) emissions.push(each)
    else if ('wakeAt' in each) wakes.push(each)
    else cause ??= each.setAside
  }
  const { attempts, lookedUp } = rest
  return { emissions, wakes, cause, isBug: false, attempts, lookedUp }
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
    return done(emitted, { attempts: 1, lookedUp: lookedUp.size > 0 ? [...lookedUp] : none })
  } catch (error) {
    return failed(error, 1)
  }
}

/** What a try of a task may see. */
export interface Trying extends Surroundings {
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
      ? task.run(value, { ...context, signal, attempt })
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
