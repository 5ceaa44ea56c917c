import { DueOrder } from '#apps/payments-poller/due-order'
import { lookupSource } from '#apps/payments-poller/lookup-source'
import { within } from '#apps/platform/deadline'
import { pollerEdge } from '#apps/platform/edges'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import { openFollowed } from '#core/table'
import { openOffsetSource } from '#core/offset-source'
import type { Wire } from '#core/wire'
import type { OpenPayments } from '#ports/open-payments'

/** The process's own copy of the open payments: of each only what its next check needs. */
export interface OpenLookup extends OpenPayments {
  readonly partitions: number
  /** Sentences about what keeps the copy from being up to date. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly wire: Wire
  readonly log: Log
}

const answerMsMax = 2_000

/** Resolves once the table is read whole. Throws where no broker answers, or its topic is missing. */
export async function openLookup({ kafka, wire, log }: Dependencies): Promise<OpenLookup> {
  const topic = pollerEdge.lookups.open
  const offsets = await openOffsetSource(kafka)
  let waiting: string | undefined
  const onUnreadable = (
    { partition, offset }: { readonly partition: number; readonly offset: number },
    error: unknown,
  ) =>
    log.error(
      { topic: topic.name, partition, offset, reason: (error as Error).message },
      'row cannot be read; the one before it stays',
    )
  const table = await openFollowed(
    topic,
    { kafka, offsets, wire, onUnreadable, onWaiting: (reason) => void (waiting = reason) },
    () => new DueOrder(),
  )
  await table.refresh()
  const late = () => new Error(`Kafka at ${kafka.brokers} does not answer in time`)
  const refreshed = () => within(answerMsMax, table.refresh(), late)
  const source = lookupSource(table)
  const problems = async () => {
    const isWaiting = waiting === undefined ? [] : [`${topic.name} waits: ${waiting}`]
    try {
      await refreshed()
      return isWaiting
    } catch (error) {
      return [...isWaiting, `${topic.name} is not up to date: ${(error as Error).message}`]
    }
  }
  return {
    async due(nowMs, wanted) {
      await refreshed()
      return source.due(nowMs, wanted)
    },
    partitions: (await offsets.partitionsOf(topic.name))!.length,
    problems,
    async close() {
      await table.close()
      await offsets.close()
    },
  }
}
