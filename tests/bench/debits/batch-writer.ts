import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'

/** A debit that waits to be written. */
export interface Waiting {
  readonly card: number
  readonly amount: number
  readonly done: () => void
}

const batchMax = 1_000

const statements = {
  balances: {
    name: 'balances',
    text: `SELECT card::float8 AS card, balance::float8 AS balance FROM batch.account
      WHERE card = ANY($1::bigint[]) ORDER BY card FOR UPDATE`,
  },
  accounts: {
    name: 'accounts',
    text: `UPDATE batch.account AS account SET balance = new.balance
      FROM unnest($1::bigint[], $2::bigint[]) AS new (card, balance) WHERE account.card = new.card`,
  },
  journal: {
    name: 'journal',
    text: `INSERT INTO batch.journal (request_id, card, amount, approved, balance)
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bool[], $5::bigint[])
      ON CONFLICT (request_id) DO NOTHING`,
  },
  position: {
    name: 'position',
    text: 'UPDATE batch.position SET next_offset = $2 WHERE part = $1',
  },
}

/**
 * The only writer of the cards of one partition: what has come is decided in its order on rows that are locked, and
 * written by a statement for each table, with the position in the same transaction.
 */
export class BatchWriter {
  readonly #client: Pick<Client, 'query'>
  readonly #part: number
  readonly #queue: Waiting[] = []
  #isBusy = false
  #offset = 0

  constructor(client: Pick<Client, 'query'>, part: number) {
    this.#client = client
    this.#part = part
  }

  /** Rows in the journal so far. */
  get written(): number {
    return this.#offset
  }

  push(one: Waiting): void {
    this.#queue.push(one)
    if (this.#isBusy) return
    this.#isBusy = true
    // What else comes in this turn is of the same batch.
    setImmediate(() => void this.#drain())
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0, batchMax))
    this.#isBusy = false
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const client = this.#client
    const begun = client.query('BEGIN')
    const cards = [...new Set(batch.map(({ card }) => card))]
    const { rows } = await client.query({ ...statements.balances, values: [cards] })
    const found = rows as { readonly card: number; readonly balance: number }[]
    const balances = new Map(found.map(({ card, balance }) => [card, balance]))
    const lines = batch.map(({ card, amount }) => {
      const before = balances.get(card) ?? 0
      const approved = before >= amount
      if (approved) balances.set(card, before - amount)
      return { id: randomUUID(), card, amount, approved, balance: balances.get(card) ?? 0 }
    })
    const columns = (['id', 'card', 'amount', 'approved', 'balance'] as const).map((name) =>
      lines.map((line) => line[name]),
    )
    const offset = this.#offset + batch.length
    await Promise.all([
      begun,
      client.query({
        ...statements.accounts,
        values: [[...balances.keys()], [...balances.values()]],
      }),
      client.query({ ...statements.journal, values: columns }),
      client.query({ ...statements.position, values: [this.#part, offset] }),
      client.query('COMMIT'),
    ])
    this.#offset = offset
    for (const { done } of batch) done()
  }
}
