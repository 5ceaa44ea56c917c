import { type Asked, newAsked, type Wish } from '#tests/soak/debits/asked'
import { ask, type Counter, drawTemper, steadyTemper, type Temper } from '#tests/soak/debits/client'
import {
  anyOf,
  type Customer,
  customerOf,
  type Opening,
  openings,
  remember,
} from '#tests/soak/debits/customers'
import { drawWhat, drawWish, forestallingWish } from '#tests/soak/debits/draw'
import { textOf } from '#tests/soak/debits/money'
import { finallyTold } from '#tests/soak/debits/told'
import { newRandom } from '#tests/soak/engine/random'
import { startPace } from '#tests/soak/outage/pace'

/** Customers who ask, each minding his own business. */
export interface Load {
  /** Everything asked so far, with what came of it. */
  readonly asked: readonly Asked[]
  readonly accounts: readonly string[]
  assertRuns(): void
  /** No new requests; resolves once all that were made have come to their end. */
  stop(): Promise<void>
  /** The same of a run that has failed: nobody asks again. */
  abandon(): Promise<void>
}

interface LoadOptions {
  readonly url: string
  readonly perSecond: number
  readonly seed: number
}

/** Opens accounts, then begins to ask at a pace, whatever comes of it. */
export async function startLoad({ url, perSecond, seed }: LoadOptions): Promise<Load> {
  const asked: Asked[] = []
  const closing = new AbortController()
  const counter = { url, closing: closing.signal }
  const told = async (wish: Wish, temper: Temper) => {
    const one = newAsked(wish)
    asked.push(one)
    await ask(counter, one, temper)
    return one
  }
  const customers = await opened(counter, asked)
  const random = newRandom(seed)
  const business = async (n: number) => {
    const customer = anyOf(customers, random)
    const wish = drawWish(drawWhat(random), { customer, random, id: `s-${n}` })
    const temper = drawTemper(random)
    if (wish.isForestalled) {
      const undone = await told(forestallingWish(wish, `s-${n}-first`), temper)
      if (finallyTold(undone).is !== 'approved') return
    }
    remember(customer, await told(wish, temper))
  }
  const running = new Set<Promise<void>>()
  let broken: unknown
  const pace = startPace(perSecond, async (due, first) => {
    due.forEach((_, i) => {
      const one: Promise<void> = business(first + i)
        .catch((error: unknown) => void (broken ??= error))
        .finally(() => running.delete(one))
      running.add(one)
    })
  })
  const assertRuns = () => {
    pace.assertRuns()
    if (broken) throw new Error('the load broke', { cause: broken })
  }
  return {
    asked,
    accounts: customers.map(({ account }) => account),
    assertRuns,
    async stop() {
      await pace.stop()
      await Promise.all(running)
      assertRuns()
    },
    async abandon() {
      closing.abort()
      await pace.stop().catch(() => undefined)
      await Promise.all(running)
    },
  }
}

async function opened(counter: Counter, asked: Asked[]): Promise<readonly Customer[]> {
  const customers: Customer[] = []
  for (const [n, opening] of openings().entries()) {
    const one = newAsked(openingWish(opening, n))
    await ask(counter, one, steadyTemper)
    // Which account it is the answer tells.
    const account = accountOf(one)
    asked.push({ ...one, account })
    customers.push(customerOf(opening, account))
  }
  return customers
}

const openingWish = ({ card, currency, minorUnits }: Opening, n: number): Wish => ({
  ...{ id: `account-${n}`, account: '', kind: 'OpenAccount', currency, booking: 1 },
  path: '/v1/accounts',
  body: { card_number: card, currency, opening_balance: textOf(minorUnits, currency) },
  isForestalled: false,
})

function accountOf({ tries }: Asked): string {
  const answer = tries.find(({ status }) => status === 200)
  if (!answer) throw new Error(`no account was opened: ${tries.at(-1)?.text}`)
  return (JSON.parse(answer.text) as { readonly account_id: string }).account_id
}
