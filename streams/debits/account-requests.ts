import type {
  AccountCard,
  CardAccount,
  DebitRequestAddCard,
  DebitRequestChangeStatus,
  KeptAccount,
} from '#schemas/generated/types'
import { cardOf, isAmount } from '#streams/debits/checks'
import { type Effect, nothing, refused } from '#streams/debits/effect'
import type { RequestOf } from '#streams/debits/known'

/** The cards are in the row of the account, which is written with every request. */
const cardsMax = 100

/** The first request of an account; what it begins with is booked like any other money that comes in. */
export function openAccount(
  existing: KeptAccount | undefined,
  { account_id, open_account }: RequestOf<'OpenAccount'>,
  nowMs: number,
): Effect {
  const { currency, opening_balance, branch, number, card } = open_account
  if (existing) return refused('account-exists')
  if (!/^[A-Z]{3}$/.test(currency)) return refused('unknown-currency')
  if (opening_balance !== 0 && !isAmount(opening_balance)) return refused('invalid-amount')
  const account: KeptAccount = {
    account_id,
    currency,
    status: 'Active',
    branch,
    number,
    credits: 0,
    debits: 0,
    held: 0,
    sequence: 0,
    cards: card ? [card] : [],
    opened_at: nowMs,
  }
  return {
    ...nothing,
    amount: opening_balance,
    booked: opening_balance,
    account,
    card: card ? drawing(card, account) : undefined,
  }
}

/** One more card draws on the account. */
export function addCard(account: KeptAccount, { card }: DebitRequestAddCard): Effect {
  if (cardOf(account, card.card_id)) return refused('card-exists')
  if (account.cards.length >= cardsMax) return refused('too-many-cards')
  return {
    ...nothing,
    account: { ...account, cards: [...account.cards, card] },
    card: drawing(card, account),
  }
}

// A card whose token is the account's needs no row to be found by.
const drawing = ({ card_id }: AccountCard, { account_id }: KeptAccount): CardAccount | undefined =>
  card_id === account_id ? undefined : { card_id, account_id }

/** The account, a card of it, or both may be used or no longer. An account is closed when nothing lies on it. */
export function changeStatus(
  account: KeptAccount,
  { account_status, card_id, card_status }: DebitRequestChangeStatus,
): Effect {
  const isAboutCard = card_id !== null && card_status !== null
  if (account_status === null && !isAboutCard) return refused('nothing-to-change')
  if (isAboutCard && !cardOf(account, card_id)) return refused('no-such-card')
  const isEmpty = account.credits === account.debits && account.held === 0
  if (account_status === 'Closed' && !isEmpty) return refused('not-empty')
  const cards = isAboutCard
    ? account.cards.map((card) =>
        card.card_id === card_id ? { ...card, status: card_status } : card,
      )
    : account.cards
  return { ...nothing, account: { ...account, status: account_status ?? account.status, cards } }
}
