import type { RejectedError } from '#core/errors'
import type { KeyRange } from '#core/key-range'
import type { RetryPolicy } from '#core/retry'
import type { AnyTopic, EmittedOf, Topic, Unstamped, ValueOf } from '#schemas/topic'

/** A record a unit wants written. `value` null removes the row of a table or of the unit's state. */
export interface Emission<Name extends string = string> {
  readonly topic: Name
  readonly key: string
  readonly value: unknown
  /** Producer named in the envelope where it is not the unit itself, `<application>:<version>`. */
  readonly appId?: string
}

/** The record in hand goes to the unit's dead letters, in the same transaction as its emissions. */
export interface SetAside {
  readonly setAside: RejectedError
}

/** A record to write, under the key its topic prescribes. */
export const to = <Name extends string, Value>(
  topic: Topic<Name, Value>,
  value: NoInfer<Unstamped<Value>>,
  { appId }: { readonly appId?: string } = {},
): Emission<Name> => ({
  topic: topic.name,
  key: topic.key(value),
  value,
  ...(appId === undefined ? {} : { appId }),
})

/** Removes the row of a table or of the unit's own state. */
export const remove = <Name extends string>(
  topic: Topic<Name, unknown, never>,
  key: string,
): Emission<Name> => ({ topic: topic.name, key, value: null })

/** A value the unit wants to read later from its own input: the clock enters only as records. */
export interface Wake<Value = unknown> {
  readonly wakeAt: Date
  readonly value: Value
}

/** Asks for the value, on the partition of the record in hand and under its own key, once the instant has passed. */
export const wakeAt = <Value>(instant: Date, value: Value): Wake<Value> => ({
  wakeAt: instant,
  value,
})

/** Dead-letters the record in hand beside its emissions: an event was due, and an operator too. */
export const setAside = (error: RejectedError): SetAside => ({ setAside: error })

/** The rows of one compacted topic, by key or by an index its topic declares. */
export interface Lookup<Value> {
  get(key: string): Value | undefined
  where(index: string, value: string): readonly Value[]
}

/** The unit's own rows of the partition in hand, uncommitted changes included. */
export interface StateRows<Value> {
  get(key: string): Value | undefined
  /**
   * The rows whose keys lie in `gte` ≤ key < `lt`, in the order of the keys' code points or, `reverse`, against it;
   * `limit` of them at most. Lazily: leave the loop when you have enough. A task reads it before it awaits.
   */
  range(range: KeyRange): Iterable<readonly [key: string, value: Value]>
}

/** The record's time, and an id source that gives the same ids when the record is handled again. */
export interface Moment {
  readonly now: Date
  readonly newId: () => string
}

export type Lookups = Readonly<Record<string, AnyTopic>>

interface Declaration<
  Input extends AnyTopic,
  Outputs extends readonly AnyTopic[],
  State extends AnyTopic,
  Tables extends Lookups,
> {
  /** Consumer group, transactional id, metric label, log scope, dead-letter prefix. Permanent. */
  readonly name: string
  readonly input: Input
  readonly outputs: Outputs
  /** Compacted topic that is the truth of the unit's rows, partitioned as the input is. */
  readonly state?: State
  readonly lookups?: Tables
  /** Whose order is kept among processed records; the record key where absent. */
  readonly orderBy?: (value: ValueOf<Input>) => string
  /** Set where each key must have one owner: a record under another key or in another partition is a dead letter. */
  readonly ownsKeys?: true
  /** Set where it emits `wakeAt`. Not on an input that others write, which is not ours to add to. */
  readonly timers?: Input extends SharedTopic ? never : true
}

type SharedTopic = { readonly kind: 'shared' }

type Emitted<
  Input extends AnyTopic,
  Outputs extends readonly AnyTopic[],
  State extends AnyTopic,
> = readonly (
  | Emission<Outputs[number]['name'] | State['name']>
  | SetAside
  | (Input extends SharedTopic ? never : Wake<EmittedOf<Input>>)
)[]

type Context<State extends AnyTopic, Tables extends Lookups> = Moment & {
  readonly state: StateRows<ValueOf<State>>
  readonly lookup: { readonly [Name in keyof Tables]: Lookup<ValueOf<Tables[Name]>> }
  /** What the record carries beside its value: who wrote it, and where the story began. */
  readonly headers: Readonly<Record<string, string>>
  /** Where in the input topic the record stands. */
  readonly position: { readonly partition: number; readonly offset: number }
  /** When an operator sent it back as a dead letter; `now` is the time of before. Undefined where nobody did. */
  readonly sentBackAt?: Date | undefined
}

/** Pure and synchronous: the same record, state, lookups and moment always give the same emissions. */
export interface Processor<
  Input extends AnyTopic = AnyTopic,
  Outputs extends readonly AnyTopic[] = readonly AnyTopic[],
  State extends AnyTopic = AnyTopic,
  Tables extends Lookups = Lookups,
> extends Declaration<Input, Outputs, State, Tables> {
  readonly kind: 'processor'
  handle(value: ValueOf<Input>, context: Context<State, Tables>): Emitted<Input, Outputs, State>
}

/** Talks to the world through the ports it was given; safe to run twice. Its tries count from 1. */
export interface Task<
  Input extends AnyTopic = AnyTopic,
  Outputs extends readonly AnyTopic[] = readonly AnyTopic[],
  State extends AnyTopic = AnyTopic,
  Tables extends Lookups = Lookups,
> extends Declaration<Input, Outputs, State, Tables> {
  readonly kind: 'task'
  /** One call at a time for each; those behind one that waits queue behind it. No personal value: it becomes a key. */
  readonly orderBy: (value: ValueOf<Input>) => string
  /** The outside party the record is for, where there are several: limits and circuits are its own. A metric label. */
  readonly partyOf?: (value: ValueOf<Input>) => string
  /** Calls out at once, in this process. */
  readonly concurrency: number
  /** Calls out at once to one party; as many as `concurrency` where absent. */
  readonly concurrencyPerParty?: number
  /** One try is given up after this long, milliseconds. */
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  run(
    value: ValueOf<Input>,
    context: Context<State, Tables> & { readonly signal: AbortSignal; readonly attempt: number },
  ): Promise<Emitted<Input, Outputs, State>>
  /**
   * What it means that the tries are used up: surely not done, done after all, or unknown, which is a TransientError:
   * it stays parked and is asked again. Absent, or a RejectedError: a dead letter.
   */
  onExhausted?(
    value: ValueOf<Input>,
    context: Context<State, Tables> & Exhausted,
  ): Promise<Emitted<Input, Outputs, State>>
}

/** How often it was tried, and what the last try met. */
export interface Exhausted {
  readonly signal: AbortSignal
  readonly attempts: number
  readonly reason: string
}

export type Unit = Processor | Task

// A unit without state or lookups: no row and no table has a name. `any`, since a topic is contravariant in its
// key function and only `any` satisfies the constraint.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type NoState = Topic<never, any, any>
type NoLookups = Readonly<Record<never, AnyTopic>>

/** Declares a pure unit. Compile errors: an async handler, an undeclared topic, a wrong value. */
export const defineProcessor = <
  const Input extends AnyTopic,
  const Outputs extends readonly AnyTopic[],
  const State extends AnyTopic = NoState,
  const Tables extends Lookups = NoLookups,
>(
  processor: Omit<Processor<Input, Outputs, State, Tables>, 'kind'>,
): Processor<Input, Outputs, State, Tables> => ({ kind: 'processor', ...processor })

/** Declares a unit that touches the outside. Its ports are injected by the function that makes it. */
export const defineTask = <
  const Input extends AnyTopic,
  const Outputs extends readonly AnyTopic[],
  const State extends AnyTopic = NoState,
  const Tables extends Lookups = NoLookups,
>(
  task: Omit<Task<Input, Outputs, State, Tables>, 'kind'>,
): Task<Input, Outputs, State, Tables> => ({ kind: 'task', ...task })

export type { AnyTopic, EmittedOf, ValueOf }
