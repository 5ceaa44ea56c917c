import { below, type Random, spread } from '#apps/corrente/random'

/** One request of an episode. Amounts in minor units. */
export type Step =
  | {
      readonly type: 'Debit' | 'Authorise'
      readonly amount: number
      readonly allowsPartial: boolean
    }
  | { readonly type: 'Credit' | 'Refund' | 'Increment'; readonly amount: number }
  | { readonly type: 'Post'; readonly amount: number; readonly isFinal: boolean }
  | { readonly type: 'Void' }
  /** Of what the episode began with; all that stands of it where the amount is null. */
  | { readonly type: 'Reverse'; readonly amount: number | null }
  /** What it began with, once more: the same id and the same content. */
  | { readonly type: 'Repeat' }
  /** The id it began with, and another amount. */
  | { readonly type: 'ReusedId'; readonly amount: number }

/** Which card of a holder is used. */
export type CardUsed = 'own' | 'blocked' | 'unknown'

/** What one customer does: a request, and what comes of it later, each step once the one before is answered. */
export interface Episode {
  /** Place of the account among those there are. */
  readonly account: number
  readonly card: CardUsed
  /** The first is a debit, an authorisation or a credit. */
  readonly steps: readonly Step[]
  /** Pause before each step but the first, milliseconds. */
  readonly pauseMs: number
}

interface Kind {
  readonly share: number
  readonly card?: CardUsed
  readonly steps: (amount: number) => readonly [Step, ...Step[]]
}

const debit = (amount: number, allowsPartial = false): Step => ({
  type: 'Debit',
  amount,
  allowsPartial,
})
const authorise = (amount: number, allowsPartial = false): Step => ({
  type: 'Authorise',
  amount,
  allowsPartial,
})
const post = (amount: number, isFinal: boolean): Step => ({ type: 'Post', amount, isFinal })
const reverse = (amount: number | null): Step => ({ type: 'Reverse', amount })
const [amountMin, amountMax] = [1_00, 250_00]
const half = (amount: number) => Math.ceil(amount / 2)
const tenth = (amount: number) => Math.ceil(amount / 10)

/** What customers of a day do, and how many of a hundred. */
const mix: readonly Kind[] = [
  { share: 30, steps: (sum) => [debit(sum)] },
  { share: 6, steps: (sum) => [debit(sum, true)] },
  { share: 8, steps: (sum) => [debit(sum), { type: 'Repeat' }] },
  { share: 3, steps: (sum) => [debit(sum), { type: 'ReusedId', amount: sum + 1 }] },
  { share: 4, steps: (sum) => [debit(sum), { type: 'Refund', amount: half(sum) }] },
  { share: 3, steps: (sum) => [debit(sum), reverse(null), { type: 'Repeat' }] },
  { share: 3, steps: (sum) => [debit(sum), reverse(tenth(sum)), reverse(null)] },
  { share: 10, steps: (sum) => [authorise(sum), post(sum, true)] },
  {
    share: 5,
    steps: (sum) => [
      authorise(sum),
      { type: 'Increment', amount: half(sum) },
      post(sum + half(sum), true),
    ],
  },
  { share: 5, steps: (sum) => [authorise(sum), post(half(sum), false), post(tenth(sum), true)] },
  { share: 2, steps: (sum) => [authorise(sum), post(sum + tenth(sum), true)] },
  { share: 4, steps: (sum) => [authorise(sum, true), { type: 'Void' }] },
  { share: 3, steps: (sum) => [authorise(sum), reverse(tenth(sum)), post(half(sum), true)] },
  { share: 2, steps: (sum) => [authorise(sum), reverse(null), { type: 'Repeat' }] },
  // Nobody comes back for it: it is still held in the evening.
  { share: 1, steps: (sum) => [authorise(sum)] },
  { share: 7, steps: (sum) => [{ type: 'Credit', amount: sum }, { type: 'Repeat' }] },
  { share: 3, card: 'blocked', steps: (sum) => [debit(sum)] },
  { share: 1, card: 'unknown', steps: (sum) => [debit(sum)] },
]
const shares = mix.reduce((sum, { share }) => sum + share, 0)

/** How many requests an episode has on average. */
export const stepsMean =
  mix.reduce((sum, { share, steps }) => sum + share * steps(amountMin).length, 0) / shares

/** The account whose card one in ten uses. */
export const hotAccount = 0
const hotShare = 0.1
const [pauseMsMin, pauseMsMax] = [30, 600]

/** What the next customer does, on one of so many accounts. */
export function drawnEpisode(random: Random, accounts: number): Episode {
  const account = random() < hotShare ? hotAccount : below(random, accounts)
  const { card = 'own', steps } = drawnKind(random)
  const amount = spread(random, amountMin, amountMax)
  const pauseMs = spread(random, pauseMsMin, pauseMsMax)
  return { account, card, steps: steps(amount), pauseMs }
}

function drawnKind(random: Random): Kind {
  let left = random() * shares
  return mix.find(({ share }) => (left -= share) < 0) ?? mix[0]!
}

/** What lies on an account in the morning: much on the one that all use, on others too little for some. */
export const drawnOpening = (random: Random, account: number): number =>
  account === hotAccount ? 20_000_00 : spread(random, 20_00, 5_000_00)
