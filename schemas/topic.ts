import type { SchemaName, Schemas } from '#schemas/generated/types'

/**
 * shared: an outside contract says who writes, never altered by us. events: one writer, many
 * readers. facts: named writers, one decider. commands: many writers, one reader. telemetry: named
 * writers beside their work, people read it; some may be missing. table: compacted, looked up by
 * many. changelog: compacted, the state of one unit.
 */
export type TopicKind =
  'shared' | 'events' | 'facts' | 'commands' | 'telemetry' | 'table' | 'changelog'

/**
 * Who wrote an event, when, and which version of its shape. Stamped by the engine, never by a unit.
 */
export interface Envelope {
  readonly event_id: string
  readonly event_version: string
  readonly event_created_at: string
  readonly app_id: string
}

declare const row: unique symbol

/**
 * Marks a row of a table whose members may be named like the envelope's: they are columns, nothing
 * stamps them.
 */
export interface Row {
  readonly [row]?: never
}

/** What a unit emits: the value without its envelope. */
export type Unstamped<Value> = Value extends Envelope
  ? typeof row extends keyof Value
    ? Value
    : DistributiveOmit<Value, keyof Envelope>
  : Value

type DistributiveOmit<Value, Members extends PropertyKey> = Value extends unknown
  ? Omit<Value, Members>
  : never

/** A Kafka topic as a value: its name, kind, schema and key. */
export interface Topic<Name extends string = string, Value = unknown, Emitted = Unstamped<Value>> {
  readonly name: Name
  readonly kind: TopicKind
  /** Full name of the Avro record, `corrente.<noun>.<Name>`. */
  readonly schema: SchemaName
  /** The member that is the record key. */
  readonly keyMember: string
  /** The key column lives in the record key only; ksqlDB refuses a column in both. */
  readonly isKeyOutsideValue: boolean
  readonly key: (value: Emitted) => string
  readonly partitions: number
  /** `event_version` stamped on what we write; undefined where the schema has no envelope. */
  readonly version: string | undefined
  /** Major versions read; others are discarded, not an error. */
  readonly majorVersions: readonly number[]
  /** Mends the known deviations of plain JSON before it is validated. */
  readonly normalise: (json: unknown) => unknown
  /** Members a lookup table can also be searched by. */
  readonly indexes: readonly string[]
  /**
   * Its rows stay few, as configurations do: whoever looks them up keeps them in memory, decoded.
   * Others lie on the disk.
   */
  readonly hasFewRows: boolean
  /** Commands that prove what came of them: kept without a limit, where others go after a week. */
  readonly isKept: boolean
  readonly __value?: Value
}

// A topic is contravariant in its key function; `any` is the one type that fits every member of a
// list.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTopic = Topic<string, any, any>

export type ValueOf<T> = T extends Topic<string, infer Value> ? Value : never
export type EmittedOf<T> = T extends Topic<string, infer Value> ? Unstamped<Value> : never

interface Options<Key extends string> {
  readonly key: Key
  readonly partitions?: number
  readonly version?: string
  readonly majorVersions?: readonly number[]
  readonly normalise?: (json: unknown) => unknown
  readonly indexes?: readonly string[]
  readonly hasFewRows?: boolean
  readonly isKept?: boolean
}

type StringMember<Value> = Value extends unknown
  ? { [Member in keyof Value]: Value[Member] extends string ? Member : never }[keyof Value] & string
  : never

const defaultPartitions = 6

const topicOf =
  <const Kind extends TopicKind>(kind: Kind) =>
  <const Name extends string, S extends SchemaName>(
    name: Name,
    schema: S,
    options: Options<StringMember<Schemas[S]>>,
  ): Topic<Name, Schemas[S]> & { readonly kind: Kind } =>
    topic({ kind, name, schema, isKeyOutsideValue: false }, options)

const keyedTopicOf =
  <const Kind extends 'table' | 'changelog'>(kind: Kind) =>
  <const Name extends string, S extends SchemaName, const Key extends string>(
    name: Name,
    schema: S,
    options: Options<Key> & { readonly key: Key },
  ): Topic<Name, Schemas[S] & Readonly<Record<Key, string>> & Row> & { readonly kind: Kind } =>
    topic({ kind, name, schema, isKeyOutsideValue: true }, options)

const isStamped = (kind: TopicKind) => kind !== 'table' && kind !== 'changelog'

const topic = <Name extends string, Value, Kind extends TopicKind>(
  given: Pick<Topic<Name, Value>, 'name' | 'schema' | 'isKeyOutsideValue'> & {
    readonly kind: Kind
  },
  options: Options<string>,
): Topic<Name, Value> & { readonly kind: Kind } => ({
  ...given,
  keyMember: options.key,
  key: (value) => (value as Record<string, string>)[options.key] as string,
  partitions: options.partitions ?? defaultPartitions,
  version: isStamped(given.kind) ? (options.version ?? '1.0') : undefined,
  majorVersions: options.majorVersions ?? [1],
  normalise: options.normalise ?? ((json) => json),
  indexes: options.indexes ?? [],
  hasFewRows: options.hasFewRows ?? false,
  isKept: options.isKept ?? false,
})

export const shared = topicOf('shared')
export const events = topicOf('events')
export const facts = topicOf('facts')
export const commands = topicOf('commands')
export const telemetry = topicOf('telemetry')
export const table = topicOf('table')
export const changelog = topicOf('changelog')
/**
 * A table whose key column is in the record key only, as ksqlDB reads it; code sees it in the
 * value.
 */
export const keyedTable = keyedTopicOf('table')
/** The state behind such a table, row by row the same. */
export const keyedChangelog = keyedTopicOf('changelog')
