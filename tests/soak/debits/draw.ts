import type { Wish } from '#tests/soak/debits/asked'
import type { Customer, Earlier } from '#tests/soak/debits/customers'
import { textOf } from '#tests/soak/debits/money'
import type { Random } from '#tests/soak/engine/random'

/** What is asked for, of a hundred requests. */
const shares = {
  debit: 40,
  'debit of the source': 7,
  authorise: 14,
  'authorise for seconds': 2,
  increment: 5,
  post: 10,
  void: 3,
  credit: 8,
  refund: 3,
  reverse: 5,
  'reverse a part': 2,
  forestall: 1,
} as const

export type What = keyof typeof shares

const whats = Object.keys(shares) as readonly What[]
const amountMax = 4_000
/** How long a hold of seconds holds. */
export const shortHoldMs = 4_000

/** What the next request asks for. */
export function drawWhat(random: Random): What {
  let left = random.next() * whats.reduce((sum, what) => sum + shares[what], 0)
  return whats.find((what) => (left -= shares[what]) < 0)!
}

interface Drawing {
  readonly customer: Customer
  readonly random: Random
  readonly id: string
}

/** A request of a customer. What there is nothing to be about yet is a debit instead; who runs out gets no credits. */
export function drawWish(what: What, drawing: Drawing): Wish {
  const { customer, random } = drawing
  const isOutOfPlace = customer.isPoor && (what === 'credit' || what === 'refund')
  if (isOutOfPlace) return moneyWish('debit', drawing)
  switch (what) {
    case 'debit':
    case 'debit of the source':
    case 'credit':
    case 'refund':
    case 'authorise':
    case 'authorise for seconds':
    case 'forestall':
      return moneyWish(what, drawing)
    case 'increment':
    case 'post':
    case 'void': {
      const hold = oneOf(customer.held, random)
      return hold ? holdWish(what, hold, drawing) : moneyWish('debit', drawing)
    }
    case 'reverse':
    case 'reverse a part': {
      const isHold = customer.held.length > 0 && random.next() < 0.3
      const original = oneOf(isHold ? customer.held : customer.taken, random)
      if (!original) return moneyWish('debit', drawing)
      return reverseWish(original, { isHold, isPart: what === 'reverse a part' }, drawing)
    }
  }
}

/** The reversal of a request that has not been sent yet. */
export const forestallingWish = (wish: Wish, id: string): Wish => ({
  ...{ id, account: wish.account, currency: wish.currency, kind: 'Reverse', booking: 1 },
  path: `/v1/debits/${wish.id}/reverse`,
  body: { account_id: wish.account, original_requested_at: new Date().toISOString() },
  isForestalled: false,
})

const oneOf = (all: readonly Earlier[], random: Random): Earlier | undefined =>
  all[random.whole(0, Math.max(0, all.length - 1))]

const whoseOf = ({ card, account }: Customer, random: Random) =>
  random.next() < 0.5 ? { card_number: card } : { account_id: account }

const wishOf = (
  { customer, id }: Drawing,
  wish: Pick<Wish, 'kind' | 'booking' | 'path' | 'body'>,
): Wish => ({
  ...wish,
  ...{ id, account: customer.account, currency: customer.currency, isForestalled: false },
})

type Money = Exclude<What, 'increment' | 'post' | 'void' | 'reverse' | 'reverse a part'>

function moneyWish(what: Money, drawing: Drawing): Wish {
  const { customer, random } = drawing
  const { currency, card } = customer
  const amount = textOf(random.whole(1, amountMax), currency)
  const body = { ...whoseOf(customer, random), amount, currency }
  const debit = { kind: 'Debit', booking: -1, path: '/v1/debits' } as const
  const hold = { kind: 'Authorise', booking: 0, path: '/v1/authorisations' } as const
  switch (what) {
    case 'debit': {
      const allows_partial = random.next() < 0.2
      return wishOf(drawing, { ...debit, body: { ...body, allows_partial } })
    }
    case 'debit of the source': {
      // It speaks of BRL only.
      if (currency !== 'BRL') return wishOf(drawing, { ...debit, body })
      const source = { numeroCartao: card, valor: amount }
      return wishOf(drawing, { ...debit, path: '/debito', body: source })
    }
    case 'forestall':
      return { ...wishOf(drawing, { ...debit, body }), isForestalled: true }
    case 'credit':
      return wishOf(drawing, { kind: 'Credit', booking: 1, path: '/v1/credits', body })
    case 'refund': {
      const original = oneOf(customer.taken, random)
      const about = original ? { original_id: original.id } : {}
      const refund = { kind: 'Refund', booking: 1, path: '/v1/refunds' } as const
      return wishOf(drawing, { ...refund, body: { ...body, ...about } })
    }
    case 'authorise':
      return wishOf(drawing, { ...hold, body })
    case 'authorise for seconds': {
      const expires_at = new Date(Date.now() + shortHoldMs).toISOString()
      return wishOf(drawing, { ...hold, body: { ...body, expires_at } })
    }
  }
}

function holdWish(what: 'increment' | 'post' | 'void', hold: Earlier, drawing: Drawing): Wish {
  const { customer, random } = drawing
  const { currency } = customer
  const path = `/v1/authorisations/${hold.id}/${what}`
  const whose = whoseOf(customer, random)
  if (what === 'void') return wishOf(drawing, { kind: 'Void', booking: 0, path, body: whose })
  // Some posts are beyond the hold, a few beyond what is tolerated.
  const most = what === 'post' ? Math.ceil(hold.amount * 1.2) : amountMax
  const amount = textOf(random.whole(1, most), currency)
  const body = { ...whose, amount, currency }
  if (what === 'increment') return wishOf(drawing, { kind: 'Increment', booking: 0, path, body })
  const is_final = random.next() < 0.5
  return wishOf(drawing, { kind: 'Post', booking: -1, path, body: { ...body, is_final } })
}

interface Reversing {
  readonly isHold: boolean
  readonly isPart: boolean
}

function reverseWish(original: Earlier, { isHold, isPart }: Reversing, drawing: Drawing): Wish {
  const { customer, random } = drawing
  const { currency } = customer
  const part = { amount: textOf(random.whole(1, original.amount), currency), currency }
  const path = `/v1/${isHold ? 'authorisations' : 'debits'}/${original.id}/reverse`
  const body = { ...whoseOf(customer, random), ...(isPart ? part : {}) }
  return wishOf(drawing, { kind: 'Reverse', booking: isHold ? 0 : 1, path, body })
}
