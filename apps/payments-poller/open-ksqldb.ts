import { ksqldbSource, openPaymentsTable } from '#apps/payments-poller/ksqldb-source'
import { pollerEdge } from '#apps/platform/edges'
import type { PlatformSettings } from '#apps/platform/settings'
import { readWitnesses } from '#apps/platform/witnesses'
import { ksqldb, type KsqldbConfig, ksqlTable } from '#connectors/ksqldb/index'
import { openOffsetSource } from '#core/offset-source'
import type { OpenPayments } from '#ports/open-payments'
import { codecOf } from '#schemas/codec'

/** The open payments in ksqlDB, over a connection of their own. */
export interface OpenKsqldb extends OpenPayments {
  close(): Promise<void>
}

/** Whoever waits longer has an answer of its own at hand. */
const patience = { connect_ms: 2_000, first_row_ms: 5_000, idle_ms: 5_000 }
/** Open payments end: a row the table must show is good for so long only. */
const witnessMs = 1_000

/** Connects at the first question. Throws where no broker answers. */
export async function openKsqldb(
  config: KsqldbConfig,
  { kafka, wire }: Pick<PlatformSettings, 'kafka' | 'wire'>,
): Promise<OpenKsqldb> {
  const client = ksqldb({ ...config, ...patience })
  const offsets = await openOffsetSource(kafka)
  const { name, schema } = pollerEdge.lookups.open
  const registry = async () => {
    if (wire.format === 'avro') await wire.registry.findId(`${name}-value`, codecOf(schema).schema)
  }
  const witnesses = () => readWitnesses({ kafka, offsets }, name, registry)
  const table = ksqlTable({ client, ...openPaymentsTable, witnesses, witnessMs })
  return {
    ...ksqldbSource(table),
    close: async () => void (await Promise.all([client.close(), offsets.close()])),
  }
}
