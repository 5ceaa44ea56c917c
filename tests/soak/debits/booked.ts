import type { SeenRecord } from '#tests/log-watch'

/** A line of a statement. Amounts are minor units. */
export interface Line {
  readonly id: string
  readonly sequence: number
  readonly amount: number
  readonly balance: number
  readonly currency: string
  /** Where its request lies in the topic debits: `partition:offset`. */
  readonly origin: string
}

/** An entry of the books. */
export interface Entry {
  readonly id: string
  readonly currency: string
  readonly origin: string
  readonly debit: number
  readonly credit: number
  /** What it adds to what is owed to the holder. */
  readonly owed: number
}

/** A decision that was made, not told again. */
export interface Made {
  readonly id: string
  readonly type: string
  /** The request that it undoes. */
  readonly originalId: string | null
  readonly holdId: string | null
  /** What it adds to what is booked, and to what is held. */
  readonly booked: number
  readonly held: number
  readonly heldAfter: number
}

/** What the topics say of an account, each in the order of the log. */
export interface AccountBooks {
  readonly lines: Line[]
  readonly entries: Entry[]
  readonly made: Made[]
}

interface Origin {
  readonly account_id: string
  readonly request_id: string
  readonly currency: string
  readonly origin_partition: number
  readonly origin_offset: number
}
interface StatementLine extends Origin {
  readonly sequence: number
  readonly amount: number
  readonly balance: number
}
interface LedgerEntry extends Origin {
  readonly postings: readonly {
    readonly ledger_account: string
    readonly nature: 'Debit' | 'Credit'
    readonly amount: number
  }[]
}
interface Decided {
  readonly is_repeat: boolean
  readonly decision: {
    readonly account_id: string
    readonly request_id: string
    readonly type: string
    readonly original_id: string | null
    readonly hold_id: string | null
    readonly before: { readonly posted: number; readonly held: number }
    readonly after: { readonly posted: number; readonly held: number }
  }
}

/** What is owed to holders of accounts. */
const owedAccount = '2.0.0.0.01'

export const bookTopics = ['debits.decisions', 'ledger.entries', 'statements.entries'] as const

/** Keeps what committed records say of debits. */
export class Booked {
  readonly accounts = new Map<string, AccountBooks>()
  readonly deadLetters: string[] = []

  /** Throws where a record of the books cannot be read. */
  note({ topic, partition, offset, value }: SeenRecord): void {
    if (topic.endsWith('.dlq')) return void this.deadLetters.push(`${topic}@${partition}:${offset}`)
    if (!value) throw new Error(`${topic}@${partition}:${offset} cannot be read`)
    if (topic === 'statements.entries') this.#line(value as StatementLine)
    if (topic === 'ledger.entries') this.#entry(value as LedgerEntry)
    if (topic === 'debits.decisions') this.#decided(value as Decided)
  }

  of(account: string): AccountBooks {
    const known = this.accounts.get(account)
    if (known) return known
    const books: AccountBooks = { lines: [], entries: [], made: [] }
    this.accounts.set(account, books)
    return books
  }

  #line({ sequence, amount, balance, currency, ...of }: StatementLine): void {
    const line = { id: of.request_id, sequence, amount, balance, currency, origin: originOf(of) }
    this.of(of.account_id).lines.push(line)
  }

  #entry({ postings, currency, ...of }: LedgerEntry): void {
    const sum = (nature: string, isWanted: (account: string) => boolean = () => true) =>
      postings
        .filter((one) => one.nature === nature && isWanted(one.ledger_account))
        .reduce((total, one) => total + one.amount, 0)
    const isOwed = (account: string) => account === owedAccount
    this.of(of.account_id).entries.push({
      id: of.request_id,
      currency,
      origin: originOf(of),
      debit: sum('Debit'),
      credit: sum('Credit'),
      owed: sum('Credit', isOwed) - sum('Debit', isOwed),
    })
  }

  #decided({ is_repeat, decision }: Decided): void {
    if (is_repeat) return
    const { account_id, request_id: id, type, original_id, hold_id, before, after } = decision
    this.of(account_id).made.push({
      ...{ id, type, originalId: original_id, holdId: hold_id },
      booked: after.posted - before.posted,
      held: after.held - before.held,
      heldAfter: after.held,
    })
  }
}

const originOf = ({ origin_partition, origin_offset }: Omit<Origin, 'currency'>) =>
  `${origin_partition}:${origin_offset}`
