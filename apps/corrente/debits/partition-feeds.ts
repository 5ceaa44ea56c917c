import { placedValues } from '#apps/corrente/debits/topic-feed'
import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { Wire } from '#core/wire'
import type { DebitDecided, LedgerEntry, StatementEntry } from '#schemas/generated/types'
import type { Topic } from '#schemas/topic'
import { debitDecisions, ledgerEntries, statementEntries } from '#schemas/topics'
import type { Ahead } from '#streams/debits/verification/ahead'
import type { PartitionCheck } from '#streams/debits/verification/partition-check'
import type { Placed } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

/** Told of each batch that is read, before it is checked. */
export interface FeedListener {
  decided(found: readonly Placed<DebitDecided>[]): Promise<void>
  booked(found: readonly Placed<LedgerEntry>[]): Promise<void>
  lined(found: readonly Placed<StatementEntry>[]): Promise<void>
}

interface Feeding {
  readonly sources: Pick<TopicSources, 'of'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly partition: number
  /** The end of a topic in this partition. */
  readonly endOf: (topic: { readonly name: string }) => number
  readonly violations: Violations
  readonly listener?: FeedListener | undefined
}

interface Feed {
  readonly isShort: boolean
  /** Reads one batch more; false where there is none. */
  next(): Promise<boolean>
  close(): Promise<unknown>
}

/** What was decided and booked of one partition, read as far as the check asks for it. */
export class PartitionFeeds {
  readonly #feeds: readonly Feed[]

  constructor({ decisions, books }: PartitionCheck, feeding: Feeding) {
    const { listener } = feeding
    this.#feeds = [
      feed(feeding, debitDecisions, decisions, listener?.decided),
      feed(feeding, ledgerEntries, books.entries, listener?.booked),
      feed(feeding, statementEntries, books.lines, listener?.lined),
    ]
  }

  /** Resolves once the check can take the next request. */
  async fill(): Promise<void> {
    const filled = async (one: Feed) => {
      while (one.isShort) await one.next()
    }
    await Promise.all(this.#feeds.map(filled))
  }

  /** Reads on to the ends; told after each batch. */
  async drain(onBatch: () => void): Promise<void> {
    for (const one of this.#feeds) while (await one.next()) onBatch()
  }

  async close(): Promise<void> {
    await Promise.all(this.#feeds.map((one) => one.close()))
  }
}

function feed<Value>(
  { endOf, ...rest }: Feeding,
  topic: Topic<string, Value>,
  ahead: Ahead<Placed<Value>>,
  listen: ((found: readonly Placed<Value>[]) => Promise<void>) | undefined,
): Feed {
  const batches = placedValues({ ...rest, topic, end: endOf(topic) }, rest.violations)
  return {
    get isShort() {
      return ahead.isShort
    },
    async next() {
      const read = await batches.next()
      if (read.done === true) ahead.end()
      else {
        await listen?.(read.value)
        ahead.push(read.value)
      }
      return read.done !== true
    },
    close: () => batches.return(),
  }
}
