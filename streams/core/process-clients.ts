import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import type { Unit } from '#core/processor'
import { openPublisher, type Publisher } from '#core/publisher'
import type { InputRecord } from '#core/records'
import { openTable, type Table } from '#core/table'
import { openOffsetSource, type OffsetSource } from '#core/topic-reader'
import { newWire, type Wire, type WireSettings } from '#core/wire'
import { units as unitStarts } from '#schemas/engine/units'
import type { AnyTopic } from '#schemas/topic'

interface ClientOptions {
  readonly units: readonly Unit[]
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  readonly log: Log
  readonly appVersion: string
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
  const { kafka, appVersion } = options
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
    for (const topic of tablesOf(options.units)) {
      tables.set(
        topic.name,
        kept(await openTable(topic, { kafka, offsets, wire, ...told(options.log, topic) })),
      )
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

const tablesOf = (units: readonly Unit[]): readonly AnyTopic[] => {
  const looked = units.flatMap((unit) => Object.values(unit.lookups ?? {}))
  return [...new Map<string, AnyTopic>([unitStarts, ...looked].map((t) => [t.name, t])).values()]
}

const told = (log: Log, { name }: AnyTopic) => ({
  onUnreadable: ({ topic, partition, offset }: InputRecord, error: unknown) => {
    log.error({ topic, partition, offset, error: (error as Error).name }, 'table row unreadable')
  },
  onWaiting: (reason: string | undefined) => {
    if (reason) log.warn({ topic: name, reason }, 'table waits')
  },
})
