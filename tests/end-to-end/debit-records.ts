import kafkajs from 'kafkajs'
import { decidedOf, entryOf, lineOf } from '#apps/debit-projector/example-debits'
import { platformSettings } from '#apps/platform/settings'
import { newWire } from '#core/wire'
import type { DebitDecided, LedgerEntry, StatementEntry } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import { debitDecisions, ledgerEntries, statementEntries } from '#schemas/topics'
import { platformOf, type TestStack } from '#tests/stack'

/** No partition of the topic debits: records of a test never look like those of an authoriser. */
const originPartition = 4_711
/** What an account begins with. */
export const opening = 1_000_000

/** A record and its topic. */
type Told = readonly [AnyTopic, DebitDecided | LedgerEntry | StatementEntry]

/** Debits of some accounts, and what the books come to when each is counted once. */
export class ExampleDebits {
  /** Those that were told first, and not again. */
  decisions = 0
  #requests = 0
  /** Those of them that were booked: each is an entry of two sides, and a line. */
  lines = 0
  readonly balances: Map<string, number>
  readonly #sequences = new Map<string, number>()

  constructor(accounts: readonly string[]) {
    this.balances = new Map(accounts.map((account) => [account, opening]))
  }

  /**
   * What an authoriser tells of one debit more of each account: every tenth is refused, every seventh told twice, and
   * every fiftieth was sent back as a dead letter and refused each time.
   */
  next(): readonly Told[] {
    return [...this.balances.keys()].flatMap((account) => this.#debit(account))
  }

  #debit(account_id: string): readonly Told[] {
    const number = this.#requests++
    const at = { account_id, origin_partition: originPartition, origin_offset: number }
    const posted = this.balances.get(account_id)!
    const before = { posted, held: 0 }
    this.decisions += 1
    if (number % 50 === 0) {
      const tooOld = { ...at, code: '25', reason: 'too-old', amount: 0 }
      const decided = decidedOf({ ...tooOld, before, after: before })
      this.decisions += 1
      return [
        [debitDecisions, decided],
        [debitDecisions, decided],
      ]
    }
    if (number % 10 === 0) {
      const refused = { ...at, code: '51', reason: 'insufficient-funds', amount: 0 }
      return [[debitDecisions, decidedOf({ ...refused, before, after: before })]]
    }
    const amount = 1 + (number % 997)
    const balance = posted - amount
    const sequence = (this.#sequences.get(account_id) ?? 0) + 1
    this.#sequences.set(account_id, sequence)
    this.balances.set(account_id, balance)
    this.lines += 1
    const decided = decidedOf({ ...at, amount, before, after: { posted: balance, held: 0 } })
    const postings = entryOf().postings.map((side) => ({ ...side, amount }))
    const told: Told[] = [
      [debitDecisions, decided],
      [ledgerEntries, entryOf({ ...at, postings })],
      [statementEntries, lineOf({ ...at, sequence, amount: -amount, balance })],
    ]
    const repeat: Told = [debitDecisions, { ...decided, is_repeat: true }]
    return number % 7 === 0 ? [...told, repeat] : told
  }
}

/** Writes rounds of debits, each in a transaction behind one with the same records that is aborted. */
export async function openDebitWriter(stack: TestStack, debits: ExampleDebits) {
  const wire = newWire(platformSettings(platformOf(stack)).wire)
  await wire.prepareWrite([debitDecisions, ledgerEntries, statementEntries])
  const kafka = new kafkajs.Kafka({ brokers: [stack.brokers], logLevel: kafkajs.logLevel.NOTHING })
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    transactionalId: `debits-of-${[...debits.balances.keys()][0]}`,
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()

  const sent = async (told: readonly Told[]) => {
    const transaction = await producer.transaction()
    const topicMessages = [...new Set(told.map(([topic]) => topic))].map((topic) => ({
      topic: topic.name,
      messages: told
        .filter(([one]) => one === topic)
        .map(([, value]) => ({ key: value.account_id, value: wire.encode(topic, value) })),
    }))
    await transaction.sendBatch({ topicMessages })
    return transaction
  }
  return {
    async write(rounds: number): Promise<void> {
      for (let round = 0; round < rounds; round++) {
        const told = debits.next()
        await (await sent(told)).abort()
        await (await sent(told)).commit()
      }
    },
    close: () => producer.disconnect(),
  }
}
