import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import { openRows } from '#core/open-rows'
import type { InputRecord, TopicPartition } from '#core/records'
import type { Change, Row } from '#core/rows'
import type { OffsetSource } from '#core/offset-source'
import { openTopicReader, type TopicReader } from '#core/topic-reader'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** A compacted topic as rows by key, tailed whole by this process. */
export interface Table {
  readonly topic: AnyTopic
  get(key: string): Row | undefined
  where(index: string, value: string): readonly Row[]
  /** Resolves once every row written before this call is in. Throws when the topic cannot be read. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** What follows a topic, such as its rows or an order of them: told of each change, in the order of the log. */
export interface Follower {
  /** A batch of them; the next comes when this one is applied. */
  apply(changes: readonly Change[]): void | Promise<void>
  /** Lets go of what it holds. */
  close?(): Promise<void>
}

/** A compacted topic that is tailed whole, of which only the follower is kept. */
export interface Followed<F extends Follower> extends Pick<Table, 'refresh' | 'close'> {
  /** The one that is begun anew wherever the topic is. */
  follower(): F
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  /** A row that cannot be read keeps the row before it; an operator must know. */
  readonly onUnreadable: (record: InputRecord, error: unknown) => void
  /** Told why the table waits (the registry is away), and `undefined` once it goes on. */
  readonly onWaiting: (reason: string | undefined) => void
  /** How the topic is read; a test may read it from elsewhere than Kafka. */
  readonly openReader?: typeof openTopicReader
}

interface TableDependencies extends Dependencies {
  /** Where the rows lie on the disk; in memory where absent. */
  readonly directory?: string | undefined
}

const storyOf = (headers: InputRecord['headers']): Row['story'] =>
  Object.fromEntries(
    ['correlation-id', 'corrente-origin', 'traceparent', 'tracestate'].flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

interface Load<F extends Follower> {
  readonly follower: F
  readonly reader: TopicReader
  close(): Promise<void>
}

/** Opens a table and tails it; the first `refresh` waits for all of it. */
export async function openTable(topic: AnyTopic, dependencies: TableDependencies): Promise<Table> {
  const { wire, directory } = dependencies
  const begin = () => openRows(topic, { wire, directory })
  const { follower, refresh, close } = await openFollowed(topic, dependencies, begin)
  return {
    topic,
    get: (key) => follower().get(key),
    where: (index, value) => follower().where(index, value),
    refresh,
    close,
  }
}

/** Tails a compacted topic with whatever `begin` gives. */
export async function openFollowed<F extends Follower>(
  topic: AnyTopic,
  dependencies: Dependencies,
  begin: () => F,
): Promise<Followed<F>> {
  const { offsets } = dependencies
  const numbers = await offsets.partitionsOf(topic.name)
  if (!numbers) throw new Error(`topic ${topic.name} is missing: run corrente topics apply`)
  const partitions = numbers.map((partition) => ({ topic: topic.name, partition }))
  const closing = new AbortController()
  const load = () => openLoad(topic, partitions, { ...dependencies, begin, signal: closing.signal })
  let current = await load()
  let reloading: Promise<void> | undefined
  // A reader that broke never comes back: all is read anew beside what was there, then takes its place.
  const reload = async () => {
    const fresh = await load()
    try {
      await fresh.reader.reached(await offsets.ends(partitions))
    } catch (error) {
      await fresh.close()
      throw error
    }
    const broken = current
    current = fresh
    await broken.close()
  }
  return {
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
      await current.close()
    },
  }
}

async function openLoad<F extends Follower>(
  topic: AnyTopic,
  partitions: readonly TopicPartition[],
  given: Dependencies & { readonly begin: () => F; readonly signal: AbortSignal },
): Promise<Load<F>> {
  const { kafka, offsets, wire, begin, onWaiting, signal, openReader = openTopicReader } = given
  const follower = begin()
  try {
    const reader = await openReader(kafka, {
      beginnings: await offsets.beginnings(partitions),
      async onRecords(records) {
        await readable(wire, records, { signal, onWaiting })
        await follower.apply(records.flatMap((record) => changeOf(topic, record, given) ?? []))
      },
    })
    const close = async () => {
      try {
        await reader.close()
      } finally {
        await follower.close?.()
      }
    }
    return { follower, reader, close }
  } catch (error) {
    await follower.close?.()
    throw error
  }
}

/** Undefined where the record changes no row: without a key, of a version that is not read, or unreadable. */
function changeOf(
  topic: AnyTopic,
  record: InputRecord,
  { wire, onUnreadable }: Pick<Dependencies, 'wire' | 'onUnreadable'>,
): Change | undefined {
  const { key, value: bytes, partition, offset, headers } = record
  if (key === null) return undefined
  if (bytes === null) return { key, row: undefined }
  try {
    const decoded = wire.decode(topic, bytes, key)
    if (decoded.kind !== 'value') return undefined
    const value = decoded.value as Row['value']
    return {
      key,
      row: { value, version: `${partition}:${offset}`, story: storyOf(headers) },
      bytes,
    }
  } catch (error) {
    onUnreadable(record, error)
    return undefined
  }
}
