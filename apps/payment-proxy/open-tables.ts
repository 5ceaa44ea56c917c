import { within } from '#apps/platform/deadline'
import type { PaymentTables } from '#apps/payment-proxy/find-payment'
import { joinedCalls } from '#apps/platform/joined-calls'
import type { Waits } from '#apps/platform/waits'
import { paymentProxyEdge } from '#apps/platform/edges'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import { openTable } from '#core/table'
import type { OffsetSource } from '#core/offset-source'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** The proxy's tables and how they are. */
export interface OpenTables {
  readonly tables: PaymentTables
  /** Resolves once all that was written before this call is in. */
  refresh(): Promise<void>
  /** Sentences about what keeps the tables from being up to date. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  /** The folder for the rows of the tables. */
  readonly directory: string
  readonly log: Log
  readonly waits: Waits
}

const answerMsMax = 2_000

/** Opens the tables a payment is found by; throws where one of their topics is missing. */
export async function openTables(dependencies: Dependencies): Promise<OpenTables> {
  const { waits } = dependencies
  const open = (topic: AnyTopic) => openClients(topic, dependencies)
  const { lookups } = paymentProxyEdge
  const [payments, tenants, services, versions, refusals] = await Promise.all([
    open(lookups.payments),
    open(lookups.tenants),
    open(lookups.services),
    open(lookups.versions),
    open(lookups.refusals),
  ])
  const all = [payments, tenants, services, versions, refusals]
  const refresh = async () => void (await Promise.all(all.map((table) => table.refresh())))
  return {
    tables: { payments, tenants, services, versions, refusals },
    refresh,
    async problems() {
      try {
        const late = () =>
          new Error(`Kafka at ${dependencies.kafka.brokers} does not answer in time`)
        await within(answerMsMax, refresh(), late)
        return waits.sentences()
      } catch (error) {
        return [...waits.sentences(), `the tables are not up to date: ${(error as Error).message}`]
      }
    },
    close: async () => void (await Promise.all(all.map((table) => table.close()))),
  }
}

async function openClients(topic: AnyTopic, { log, waits, ...reading }: Dependencies) {
  const table = await openTable(topic, {
    ...reading,
    onUnreadable: ({ partition, offset }, error) =>
      log.error(
        { topic: topic.name, partition, offset, reason: (error as Error).message },
        'row cannot be read; the one before it stays',
      ),
    onWaiting: (reason) => waits.note(topic.name, reason),
  })
  const { get, where, close } = table
  return { get, where, refresh: joinedCalls(table.refresh), close }
}
