import type { KafkaSettings } from '#core/kafka'
import { openRecordSource, type RecordSource } from '#core/records-between'
import { timersTopic } from '#schemas/engine/unit-topics'
import { debitDecisions, debitRows, debits, ledgerEntries, statementEntries } from '#schemas/topics'

/** The timers of holds, as the authoriser has them. */
export const debitTimers = timersTopic('debit-authoriser')

const topics = [debits, debitDecisions, ledgerEntries, statementEntries, debitRows, debitTimers]

/** A source of records for each topic of debits: partition after partition is read through the same clients. */
export interface TopicSources {
  of(topic: { readonly name: string }): RecordSource
  close(): Promise<void>
}

export async function openTopicSources(kafka: KafkaSettings): Promise<TopicSources> {
  const opened = await Promise.all(
    topics.map(async ({ name }) => [name, await openRecordSource(kafka, name)] as const),
  )
  const sources = new Map<string, RecordSource>(opened)
  return {
    of: ({ name }) => sources.get(name)!,
    close: async () => {
      await Promise.all([...sources.values()].map((source) => source.close()))
    },
  }
}
