import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, TopicPartition } from '#core/records'
import { type OffsetSource, openTopicReader, type TopicReader } from '#core/topic-reader'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** A row and where it was written: `partition:offset` is its version. */
export interface Row {
  readonly value: Record<string, unknown>
  readonly version: string
  /** Headers of the record that wrote it which say whose story it belongs to. */
  readonly story: Readonly<Record<string, string>>
}

/** A compacted topic as rows by key, tailed whole by this process. */
export interface Table {
  readonly topic: AnyTopic
  get(key: string): Row | undefined
  where(index: string, value: string): readonly Row[]
  /** Resolves once every row written before this call is in. Throws when the topic cannot be read. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** What is kept in step with the rows, such as an order of them: told of each change, in the order of the log. */
export interface Follower {
  set(key: string, row: Row | undefined): void
}

/** Rows by key with the indexes the topic declares. */
export class Rows {
  readonly #topic: AnyTopic
  readonly #rows = new Map<string, Row>()
  readonly #keysBy: ReadonlyMap<string, Map<string, Set<string>>>

  constructor(topic: AnyTopic) {
    this.#topic = topic
    this.#keysBy = new Map(topic.indexes.map((index) => [index, new Map<string, Set<string>>()]))
  }

  get(key: string) {
    return this.#rows.get(key)
  }

  where(index: string, value: string): readonly Row[] {
    const keys = this.#keysBy.get(index)
    if (!keys) throw new Error(`${this.#topic.name} declares no index ${index}`)
    return [...(keys.get(value) ?? [])].flatMap((key) => this.#rows.get(key) ?? [])
  }

  set(key: string, row: Row | undefined) {
    const before = this.#rows.get(key)
    for (const [index, keys] of this.#keysBy) {
      if (before) forget(keys, String(before.value[index]), key)
      if (!row) continue
      const value = String(row.value[index])
      keys.set(value, (keys.get(value) ?? new Set()).add(key))
    }
    if (row) this.#rows.set(key, row)
    else this.#rows.delete(key)
  }
}

// An index value without rows leaves nothing behind: values come and go for years.
function forget(keys: Map<string, Set<string>>, value: string, key: string) {
  const found = keys.get(value)
  if (found?.delete(key) && found.size === 0) keys.delete(value)
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  /** A row that cannot be read keeps the row before it; an operator must know. */
  readonly onUnreadable: (record: InputRecord, error: unknown) => void
  /** Told why the table waits (the registry is away), and `undefined` once it goes on. */
  readonly onWaiting: (reason: string | undefined) => void
}

const storyOf = (headers: InputRecord['headers']): Row['story'] =>
  Object.fromEntries(
    ['correlation-id', 'corrente-origin'].flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

interface Load<F extends Follower> {
  readonly rows: Rows
  readonly follower: F
  readonly reader: TopicReader
}

/** Opens a table and tails it; the first `refresh` waits for all of it. */
export const openTable = (topic: AnyTopic, dependencies: Dependencies): Promise<Table> =>
  openFollowedTable(topic, dependencies, () => ({ set: () => undefined }))

/** The same with a follower, which is begun anew wherever the rows are read anew: `follower` is always theirs. */
export async function openFollowedTable<F extends Follower>(
  topic: AnyTopic,
  dependencies: Dependencies,
  begin: () => F,
): Promise<Table & { follower(): F }> {
  const { offsets } = dependencies
  const numbers = await offsets.partitionsOf(topic.name)
  if (!numbers) throw new Error(`topic ${topic.name} is missing: run corrente topics apply`)
  const partitions = numbers.map((partition) => ({ topic: topic.name, partition }))
  const closing = new AbortController()
  const load = () =>
    openLoad(topic, partitions, { ...dependencies, follower: begin(), signal: closing.signal })
  let current = await load()
  let reloading: Promise<void> | undefined
  // A reader that broke never comes back: the rows are read anew beside the old ones, then take their place.
  const reload = async () => {
    const fresh = await load()
    try {
      await fresh.reader.reached(await offsets.ends(partitions))
    } catch (error) {
      await fresh.reader.close()
      throw error
    }
    const broken = current
    current = fresh
    await broken.reader.close()
  }
  return {
    topic,
    get: (key) => current.rows.get(key),
    where: (index, value) => current.rows.where(index, value),
    follower: () => current.follower,
    async refresh() {
      const ends = await offsets.ends(partitions)
      const { reader } = current
      try {
        await reader.reached(ends)
      } catch (error) {
        if (closing.signal.aborted) throw error
        reloading ??= reload().finally(() => (reloading = undefined))
        await reloading
      }
    },
    async close() {
      closing.abort()
      await reloading?.catch(() => undefined)
      await current.reader.close()
    },
  }
}

async function openLoad<F extends Follower>(
  topic: AnyTopic,
  partitions: readonly TopicPartition[],
  given: Dependencies & { readonly follower: F; readonly signal: AbortSignal },
): Promise<Load<F>> {
  const { kafka, offsets, wire, follower, onUnreadable, onWaiting, signal } = given
  const rows = new Rows(topic)
  const set = (key: string, row: Row | undefined) => {
    rows.set(key, row)
    follower.set(key, row)
  }
  const apply = (record: InputRecord) => {
    if (record.key === null) return
    if (record.value === null) return set(record.key, undefined)
    try {
      const decoded = wire.decode(topic, record.value, record.key)
      if (decoded.kind !== 'value') return
      const version = `${record.partition}:${record.offset}`
      const story = storyOf(record.headers)
      set(record.key, { value: decoded.value as Row['value'], version, story })
    } catch (error) {
      onUnreadable(record, error)
    }
  }
  const reader = await openTopicReader(kafka, {
    beginnings: await offsets.beginnings(partitions),
    async onRecords(records) {
      await readable(wire, records, { signal, onWaiting })
      records.forEach(apply)
    },
  })
  return { rows, follower, reader }
}
