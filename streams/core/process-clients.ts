import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import type { Unit } from '#core/processor'
import { openPublisher, type Publisher } from '#core/publisher'
import type { InputRecord } from '#core/records'
import { openTable, type Table } from '#core/table'
import { openOffsetSource, type OffsetSource } from '#core/offset-source'
import { newWire, type Wire, type WireSettings } from '#core/wire'
import { units as unitStarts } from '#schemas/engine/units'
import type { AnyTopic } from '#schemas/topic'

interface ClientOptions {
  readonly units: readonly Unit[]
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  readonly log: Log
  readonly appVersion: string
  /** Where rows that are looked up lie on the disk; in memory where absent. */
  readonly lookups?: string | undefined
  /** Told why a table waits (the registry is away), and `undefined` once it goes on. */
  readonly onTableWaiting: (table: AnyTopic, reason: string | undefined) => void
}

/** What the units of a process share: one wire, one client for offsets, one publisher, each table once. */
export interface ProcessClients {
  readonly wire: Wire
  readonly offsets: OffsetSource
  readonly publisher: Publisher
  tableOf(topic: AnyTopic): Table
  close(): Promise<void>
}

/** Opens them; closes again what was opened where one cannot be. */
export async function openClients(options: ClientOptions): Promise<ProcessClients> {
  const { kafka, appVersion, lookups: directory } = options
  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const client of opened.splice(0).reverse()) await client.close()
  }
  const kept = <Client extends { close(): Promise<void> }>(client: Client): Client => {
    opened.push(client)
    return client
  }
  try {
    const wire = newWire(options.wire)
    await wire.prepareWrite([unitStarts])
    const offsets = kept(await openOffsetSource(kafka))
    const publisher = kept(await openPublisher(kafka, wire, `worker:${appVersion}`))
    const tables = new Map<string, Table>()
    const wanted = new Map(options.units.flatMap(tablesOf).map((topic) => [topic.name, topic]))
    for (const topic of wanted.values()) {
      const reading = { kafka, offsets, wire, directory, ...told(options, topic) }
      tables.set(topic.name, kept(await openTable(topic, reading)))
    }
    const tableOf = ({ name }: AnyTopic) => {
      const table = tables.get(name)
      if (!table) throw new Error(`table ${name} was not opened`)
      return table
    }
    return { wire, offsets, publisher, tableOf, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The tables a unit reads: what it looks up, and where each unit once began. */
export const tablesOf = ({ lookups = {} }: Unit): readonly AnyTopic[] => [
  unitStarts,
  ...Object.values(lookups),
]

const told = ({ log, onTableWaiting }: ClientOptions, table: AnyTopic) => ({
  onUnreadable: ({ topic, partition, offset }: InputRecord, error: unknown) => {
    log.error({ topic, partition, offset, error: (error as Error).name }, 'table row unreadable')
  },
  onWaiting: (reason: string | undefined) => onTableWaiting(table, reason),
})
