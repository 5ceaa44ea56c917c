import { join } from 'node:path'
import { Asking } from '#apps/debit-edge/asking/ask'
import { Backlog } from '#apps/debit-edge/asking/backlog'
import { openOwnJournal } from '#apps/debit-edge/asking/own-journal'
import { readDecisions } from '#apps/debit-edge/asking/read-decisions'
import { watchOwners } from '#apps/debit-edge/asking/watch-owners'
import type { DebitPorts } from '#apps/debit-edge/desk'
import type { EdgeMetrics } from '#apps/debit-edge/edge-metrics'
import { within } from '#apps/platform/deadline'
import { debitEdge } from '#apps/platform/edges'
import { joinedCalls } from '#apps/platform/joined-calls'
import type { Waits } from '#apps/platform/waits'
import { writable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { partitionOf } from '#core/partition-of'
import { openPublisher } from '#core/publisher'
import type { InputRecord } from '#core/records'
import { openTable } from '#core/table'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'
import type { CardAccount } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'

/** What the routes work with, on a real log. */
export interface OpenPorts extends DebitPorts {
  /** How many requests wait for their decision. */
  open(): number
  /** How many late requests are not in the log yet as given back. */
  givingBack(): number
  /** Sentences about what keeps requests from being decided. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly wire: Wire
  /** Of this process alone. */
  readonly directory: string
  readonly log: Log
  readonly late: EdgeMetrics['late']
  readonly waits: Waits
}

type Closable = { close(): Promise<void> }

const answerMsMax = 2_000

/**
 * Resolves once what a former process left open is on its way back and every decision from now on is read, waiting as
 * long as the registry is away. Throws a sentence where no broker answers, a topic or a schema is missing, or another
 * process has the folder.
 */
export async function openPorts(dependencies: Dependencies): Promise<OpenPorts> {
  const opened: Closable[] = []
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one.close()
  }
  const kept = <One extends Closable>(one: One): One => {
    opened.push(one)
    return one
  }
  try {
    return { ...(await open(dependencies, kept)), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Kept = <One extends Closable>(one: One) => One

async function open(dependencies: Dependencies, kept: Kept): Promise<Omit<OpenPorts, 'close'>> {
  const { kafka, wire, waits, log, late } = dependencies
  const { journal } = kept(await openOwnJournal(dependencies.directory))
  const offsets = kept(await openOffsetSource(kafka))
  const [debits] = debitEdge.outputs
  const [decisionsTopic] = debitEdge.inputs
  const partitions = (await partitionsOf(offsets, debits)).length
  const cards = kept(await openCards(dependencies, offsets))
  await writable(wire, debitEdge.outputs, {
    // Whoever cannot start ends as a process; nothing else gives this up.
    signal: new AbortController().signal,
    onWaiting: (reason) => waits.note(debits.name, reason),
  })
  const publisher = kept(await openPublisher(kafka, wire, `${debitEdge.name}:${appVersion}`))
  const { owners } = kept(watchOwners({ kafka, topic: debits.name, partitions }))
  const asking = new Asking({
    journal,
    owners,
    backlog: new Backlog({ partitionOf: (accountId) => partitionOf(accountId, partitions) }),
    append: (event) => publisher.pass(debits, event, { 'correlation-id': event.event_id }),
    log,
    onLate: (type) => late.inc({ type }),
  })
  const decisions = kept(
    await readDecisions({
      kafka,
      offsets,
      wire,
      log,
      topic: decisionsTopic,
      partitions: await partitionsOf(offsets, decisionsTopic),
      onDecided: (decided) => asking.take(decided),
    }),
  )
  kept({ close: async () => asking.close() })
  await cards.refresh()
  asking.giveBackLeft()
  return {
    asking,
    accountOf: cards.accountOf,
    refreshCards: cards.refresh,
    open: () => asking.open,
    givingBack: () => asking.givingBack,
    async problems() {
      const late = () => new Error(`Kafka at ${kafka.brokers} does not answer in time`)
      const stale = await within(answerMsMax, cards.refresh(), late).then(
        () => [],
        (error: Error) => [`the cards are not up to date: ${error.message}`],
      )
      return [...waits.sentences(), ...decisions.problems(), ...stale]
    },
  }
}

async function partitionsOf(offsets: OffsetSource, { name }: AnyTopic): Promise<readonly number[]> {
  const partitions = await offsets.partitionsOf(name)
  if (partitions) return partitions
  throw new Error(`topic ${name} is missing: run corrente topics apply`)
}

/** The cards that draw on another account than their own. */
async function openCards(dependencies: Dependencies, offsets: OffsetSource) {
  const { directory, log, waits, kafka, wire } = dependencies
  const topic = debitEdge.lookups.cards
  const { get, refresh, close } = await openTable(topic, {
    kafka,
    wire,
    offsets,
    directory: join(directory, 'lookups'),
    onUnreadable: ({ partition, offset }: InputRecord, error) =>
      log.error(
        { topic: topic.name, partition, offset, reason: (error as Error).name },
        'row cannot be read; the one before it stays',
      ),
    onWaiting: (reason) => waits.note(topic.name, reason),
  })
  const accountOf = (cardId: string): string => {
    const row = get(cardId)?.value as unknown as CardAccount | undefined
    return row?.account_id ?? cardId
  }
  return { accountOf, refresh: joinedCalls(refresh), close }
}
