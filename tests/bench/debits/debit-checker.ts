/** What was told to whoever asked under an id. */
export interface Told {
  readonly id: string
  /** HTTP status; undefined where nothing was told. */
  readonly status: number | undefined
}

/** What is read of `debits.decisions`. */
interface Decided {
  readonly is_repeat: boolean
  readonly decision: {
    readonly request_id: string
    readonly original_id: string | null
    readonly type: string
    readonly amount: number
  }
}

/** What is read of `ledger.entries`. */
interface Entry {
  readonly request_id: string
  readonly postings: readonly {
    readonly ledger_account: string
    readonly nature: string
    readonly amount: number
  }[]
}

/** What is read of `statements.entries`. */
interface Line {
  readonly request_id: string
  readonly amount: number
}

interface Booked {
  count: number
  sum: number
}

const depositsAccount = '2.0.0.0.01'
const refusals: readonly (number | undefined)[] = [undefined, 0, 503, 504]

/** Counts what lies in the topics of debits against what was answered. It knows the topics alone, nothing of ours. */
export class DebitChecker {
  /** Sums that were taken, by request. */
  readonly #taken = new Map<string, number[]>()
  /** Requests that gave something of another one back, by that one. */
  readonly #givers = new Map<string, string[]>()
  readonly #entries = new Map<string, Booked>()
  readonly #lines = new Map<string, Booked>()
  #decisions = 0

  /** Decisions that are no repeats. */
  get decisions(): number {
    return this.#decisions
  }

  decided({ is_repeat, decision }: Decided): void {
    if (is_repeat) return
    this.#decisions += 1
    const { type, request_id, original_id, amount } = decision
    if (amount === 0) return
    if (type === 'Debit') listed(this.#taken, request_id).push(amount)
    if (type === 'Reverse' && original_id !== null)
      listed(this.#givers, original_id).push(request_id)
  }

  entry({ request_id, postings }: Entry): void {
    const onDeposits = postings.filter((posting) => posting.ledger_account === depositsAccount)
    const sum = onDeposits.reduce(
      (net, { nature, amount }) => net + (nature === 'Credit' ? amount : -amount),
      0,
    )
    book(this.#entries, request_id, sum)
  }

  line({ request_id, amount }: Line): void {
    book(this.#lines, request_id, amount)
  }

  /** A sentence for each request that was not done exactly as it was told. */
  violations(told: Iterable<Told>): readonly string[] {
    const found: string[] = []
    for (const one of told) {
      const wrong = this.#wrongOf(one)
      if (wrong !== undefined) found.push(`${one.id}, told ${one.status ?? 'nothing'}: ${wrong}`)
    }
    return found
  }

  #wrongOf({ id, status }: Told): string | undefined {
    const taken = this.#taken.get(id) ?? []
    const givers = this.#givers.get(id) ?? []
    const sum = taken.reduce((all, amount) => all + amount, 0)
    if (taken.length > 1) return `taken ${taken.length} times`
    for (const [name, books] of [
      ['entries', this.#entries],
      ['lines', this.#lines],
    ] as const) {
      const own = books.get(id) ?? { count: 0, sum: 0 }
      if (own.count !== taken.length) return `taken ${taken.length} times, ${own.count} ${name}`
      if (own.sum !== -sum) return `${sum} taken, ${name} of ${own.sum}`
      const back = givers.reduce((all, giver) => all + (books.get(giver)?.sum ?? 0), 0)
      if (status === 200 && back !== 0) return `${back} given back by ${name}`
      if (status !== 200 && back !== sum) return `${sum} taken, ${back} given back by ${name}`
    }
    if (status === 200) return taken.length === 1 ? undefined : 'not taken'
    return refusals.includes(status) ? undefined : 'no answer that was to come'
  }
}

function listed<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function book(books: Map<string, Booked>, id: string, sum: number): void {
  const booked = books.get(id) ?? { count: 0, sum: 0 }
  booked.count += 1
  booked.sum += sum
  books.set(id, booked)
}
