import type { ExportsPorts } from '#apps/exports-api/desk'
import { AskedExports } from '#apps/exports-api/known/asked-exports'
import type { Listeners } from '#apps/exports-api/known/listeners'
import { NotedRows } from '#apps/exports-api/known/noted-rows'
import { within } from '#apps/platform/deadline'
import { exportsApiEdge } from '#apps/platform/edges'
import { joinedCalls } from '#apps/platform/joined-calls'
import type { Waits } from '#apps/platform/waits'
import { writable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { openRows } from '#core/open-rows'
import { openPublisher } from '#core/publisher'
import type { Change } from '#core/rows'
import { type Follower, openFollowed } from '#core/table'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** What the routes work with, on a real log. */
export interface OpenPorts extends ExportsPorts {
  /** Sentences about what keeps the tables from being up to date. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly wire: Wire
  /** The folder for the rows of the tables. */
  readonly directory: string
  readonly listeners: Pick<Listeners, 'changed'>
  readonly log: Log
  readonly waits: Waits
}

const answerMsMax = 2_000

/**
 * Resolves once the tables are read whole, waiting as long as the registry is away. Throws a sentence where no broker
 * answers, or where a topic or a schema is missing.
 */
export async function openPorts(dependencies: Dependencies): Promise<OpenPorts> {
  const { kafka, wire, waits } = dependencies
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `${exportsApiEdge.name}:${appVersion}`)
  const { close: closeTables, ...tables } = await openTables(dependencies, offsets)
  await writable(wire, exportsApiEdge.outputs, {
    // Whoever cannot start ends as a process; nothing else gives this up.
    signal: new AbortController().signal,
    onWaiting: (reason) => waits.note(exportsApiEdge.outputs[0].name, reason),
  })
  await tables.refresh()
  return {
    tables,
    publisher,
    async problems() {
      const late = () => new Error(`Kafka at ${kafka.brokers} does not answer in time`)
      const stale = await within(answerMsMax, tables.refresh(), late).then(
        () => [],
        (error: Error) => [`the tables are not up to date: ${error.message}`],
      )
      return [...waits.sentences(), ...stale]
    },
    async close() {
      await Promise.all([publisher.close(), closeTables()])
      await offsets.close()
    },
  }
}

async function openTables(dependencies: Dependencies, offsets: OffsetSource) {
  const { wire, directory } = dependencies
  const { inputs, lookups } = exportsApiEdge
  const open = <F extends Follower>(topic: AnyTopic, begin: () => F) =>
    openFollower(topic, begin, { ...dependencies, offsets })
  const rowsOf = (topic: AnyTopic) => () => new NotedRows(openRows(topic, { wire, directory }))
  const [asked, requested, current] = await Promise.all([
    open(inputs[0], () => new AskedExports(() => new Date())),
    open(lookups.requested, rowsOf(lookups.requested)),
    open(lookups.current, rowsOf(lookups.current)),
  ])
  const all = [asked, requested, current]
  return {
    asked: {
      get: (id: string) => asked.follower().get(id),
      of: (tenantId: string) => asked.follower().of(tenantId),
    },
    requested: {
      get: (key: string) => requested.follower().get(key),
      where: (index: string, value: string) => requested.follower().where(index, value),
      isGone: (key: string) => requested.follower().isGone(key),
    },
    current: { get: (key: string) => current.follower().get(key) },
    refresh: joinedCalls(async () => {
      await Promise.all(all.map((table) => table.refresh()))
    }),
    close: async () => void (await Promise.all(all.map((table) => table.close()))),
  }
}

/** Follows a topic, and has those told who listen for its keys. */
async function openFollower<F extends Follower>(
  topic: AnyTopic,
  begin: () => F,
  dependencies: Dependencies & { readonly offsets: OffsetSource },
) {
  const { log, waits, listeners, ...reading } = dependencies
  const { follower, refresh, close } = await openFollowed(
    topic,
    {
      ...reading,
      onUnreadable: ({ partition, offset }, error) =>
        log.error(
          { topic: topic.name, partition, offset, reason: (error as Error).message },
          'row cannot be read; the one before it stays',
        ),
      onWaiting: (reason) => waits.note(topic.name, reason),
    },
    () => telling(begin(), listeners),
  )
  return { follower: () => follower().of, refresh, close }
}

/** The same follower, of whose changes others are told once they are applied. */
const telling = <F extends Follower>(of: F, listeners: Dependencies['listeners']) => ({
  of,
  async apply(changes: readonly Change[]) {
    await of.apply(changes)
    listeners.changed(changes.map(({ key }) => key))
  },
  close: async () => of.close?.(),
})
