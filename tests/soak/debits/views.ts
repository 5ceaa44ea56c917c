import type { Asked } from '#tests/soak/debits/asked'
import type { Shown } from '#tests/soak/debits/judge-accounts'
import { type Currency, minorUnitsOf } from '#tests/soak/debits/money'

interface Balance {
  readonly currency: Currency
  readonly booked: string
  readonly held: string
}
interface StatementLine {
  readonly request_id: string
  readonly sequence: number
  readonly amount: string
  readonly balance: string
  readonly currency: Currency
}
interface Entry {
  readonly currency: Currency
  readonly postings: readonly {
    readonly ledger_account: string
    readonly nature: string
    readonly amount: string
  }[]
}

const owedAccount = '2.0.0.0.01'

/** What the edge shows of each account, from Postgres. */
export async function shownOf(url: string, asked: readonly Asked[]): Promise<Map<string, Shown>> {
  const found = new Map<string, Shown>()
  for (const { kind, account } of asked) {
    if (kind === 'OpenAccount') found.set(account, await shown(`${url}/v1/accounts/${account}`))
  }
  return found
}

async function shown(account: string): Promise<Shown> {
  const { currency, booked, held } = await got<Balance>(`${account}/balance`)
  const lines = await pages<StatementLine>(`${account}/statement`)
  const entries = await pages<Entry>(`${account}/entries`)
  const owed = entries.flatMap((entry) => entry.postings.map((one) => owedBy(entry.currency, one)))
  return {
    booked: minorUnitsOf(booked, currency),
    held: minorUnitsOf(held, currency),
    lines: lines.map(lineOf).reverse(),
    entries: entries.length,
    owed: owed.reduce((total, one) => total + one, 0),
  }
}

const lineOf = ({ request_id, sequence, amount, balance, currency }: StatementLine) => ({
  ...{ id: request_id, sequence, currency },
  amount: minorUnitsOf(amount, currency),
  balance: minorUnitsOf(balance, currency),
})

function owedBy(currency: Currency, posting: Entry['postings'][number]): number {
  const { ledger_account, nature, amount } = posting
  if (ledger_account !== owedAccount) return 0
  return minorUnitsOf(amount, currency) * (nature === 'credit' ? 1 : -1)
}

async function pages<Item>(path: string): Promise<readonly Item[]> {
  const all: Item[] = []
  for (let query: string | undefined = '?limit=500'; query !== undefined;) {
    const page: { readonly items: readonly Item[]; readonly next_cursor?: string } = await got(
      path + query,
    )
    all.push(...page.items)
    const { next_cursor } = page
    query = next_cursor && `?limit=500&cursor=${encodeURIComponent(next_cursor)}`
  }
  return all
}

async function got<Body>(address: string): Promise<Body> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(30_000) })
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Body
}
