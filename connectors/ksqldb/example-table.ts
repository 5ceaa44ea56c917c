import type { Ksqldb, KsqlRow } from '#ports/ksqldb'

/** What a server has taken in: rows by key, with the time of the record; it answers in one piece, or is not there. */
export class ExampleTable {
  rows = new Map<string, { rowtime: bigint; status: string }>()
  queries: string[] = []
  /** Done before each answer. */
  before: (nth: number) => void = () => undefined

  readonly client: Ksqldb = {
    describe: () => Promise.reject(new Error('not asked')),
    execute: () => Promise.reject(new Error('not asked')),
    pull: (query) => this.#answer(query.toString()),
    close: () => Promise.resolve(),
  }

  put(key: string, rowtime: number, status = 'PENDING') {
    this.rows.set(key, { rowtime: BigInt(rowtime), status })
  }

  async *#answer(query: string): AsyncGenerator<KsqlRow, void, undefined> {
    this.before(this.queries.push(query))
    const isScan = query.includes('status')
    for (const [key, { rowtime, status }] of this.rows) {
      const isAsked = query.includes(`= '${key}'`) || (isScan && status === 'PENDING')
      if (isAsked) yield { PAYMENT_ID: key, ROWTIME: rowtime, STATUS: status }
    }
  }
}
