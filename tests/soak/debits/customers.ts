import type { Asked } from '#tests/soak/debits/asked'
import type { Currency } from '#tests/soak/debits/money'
import { type Told, toldOf } from '#tests/soak/debits/told'
import type { Random } from '#tests/soak/engine/random'

/** Something approved that a later request can be about. */
export interface Earlier {
  readonly id: string
  /** Minor units. */
  readonly amount: number
}

/** An account, as its holder knows it. */
export interface Customer {
  readonly account: string
  readonly card: string
  readonly currency: Currency
  /** Whether nothing comes in: it runs out. */
  readonly isPoor: boolean
  /** Debits and posts; authorisations; the latest of each. */
  readonly taken: Earlier[]
  readonly held: Earlier[]
}

/** What an account is opened with. */
export interface Opening {
  readonly card: string
  readonly currency: Currency
  readonly minorUnits: number
}

const accounts = 60
const poor = 10
const keptMax = 30
/** Of all requests, those that are about one card. */
const hotShare = 0.2

/** Accounts in three currencies; the first one's card is the hot one, the last ones run out. */
export const openings = (): readonly Opening[] =>
  Array.from({ length: accounts }, (_, n) => ({
    card: `88887777${String(20_260_000 + n)}`,
    currency: n % 6 === 4 ? 'JPY' : n % 6 === 5 ? 'KWD' : 'BRL',
    minorUnits: n >= accounts - poor ? 30_000 : 50_000_000,
  }))

export const customerOf = ({ card, currency, minorUnits }: Opening, account: string): Customer => ({
  ...{ account, card, currency, taken: [], held: [] },
  isPoor: minorUnits < 1_000_000,
})

export function anyOf(customers: readonly Customer[], random: Random): Customer {
  const isHot = random.next() < hotShare
  return customers[isHot ? 0 : random.whole(0, customers.length - 1)]!
}

/** Keeps what was approved, for later requests to be about. */
export function remember({ taken, held }: Customer, asked: Asked): void {
  const all: readonly Told[] = asked.tries.map((one) => toldOf(asked, one))
  const approved = all.find((told) => told.is === 'approved')
  if (!approved || approved.amount === 0) return
  const kept = isLasting(asked) ? held : isTaking(asked) ? taken : undefined
  kept?.push({ id: asked.id, amount: approved.amount })
  if (kept && kept.length > keptMax) kept.shift()
}

// What is held for seconds ends by itself, and nobody asks for more of it.
const isLasting = ({ kind, body }: Asked) => kind === 'Authorise' && !('expires_at' in body)
const isTaking = ({ kind }: Asked) => kind === 'Debit' || kind === 'Post'
