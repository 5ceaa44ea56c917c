import type { AccountCard, DebitRequestType, KeptAccount } from '#schemas/generated/types'
import type { Reason } from '#streams/debits/reasons'

const amountMax = 999_999_999_999_999

/** What can be spent. Minor units, like all amounts here. */
export const availableOf = ({ credits, debits, held }: KeptAccount): number =>
  credits - debits - held

/** Whether it is an amount one can ask for: whole, above zero, and in no danger of being rounded. */
export const isAmount = (amount: number): boolean =>
  Number.isSafeInteger(amount) && amount > 0 && amount <= amountMax

/** What is granted of an amount: all of it, what there is where less will do, or nothing. */
export function grantedOf(available: number, amount: number, allowsPartial: boolean): number {
  if (amount <= available) return amount
  return allowsPartial ? available : 0
}

/** A whole percentage of an amount, rounded down, exactly. */
export const percentOf = (amount: number, percent: number): number => {
  const rest = amount % 100
  return ((amount - rest) / 100) * percent + Math.floor((rest * percent) / 100)
}

/** Why the state of the account forbids the request, if it does. */
export function statusRefusal({ status }: KeptAccount, type: DebitRequestType): Reason | undefined {
  if (status === 'Active') return undefined
  if (status === 'Closed') return type === 'Reverse' ? undefined : 'account-closed'
  const takesMoney = type === 'Debit' || type === 'Authorise' || type === 'Increment'
  return takesMoney ? 'account-blocked' : undefined
}

interface Sum {
  readonly amount: number
  /** null where the request names none. */
  readonly currency: string | null
}

/** Why the sum cannot be meant for the account, if it cannot. */
export function sumRefusal(account: KeptAccount, { amount, currency }: Sum): Reason | undefined {
  if (!isAmount(amount)) return 'invalid-amount'
  return currency === account.currency ? undefined : 'other-currency'
}

/** The card of the account; undefined where it has no such card. */
export function cardOf(account: KeptAccount, cardId: string | null): AccountCard | undefined {
  if (cardId === null) return undefined
  for (const card of account.cards) if (card.card_id === cardId) return card
  return undefined
}

/** Why the card cannot be used, if it cannot; a request without one needs none. */
export function cardRefusal(
  account: KeptAccount,
  cardId: string | null,
  nowMs: number,
): Reason | undefined {
  if (cardId === null) return undefined
  const card = cardOf(account, cardId)
  if (card === undefined) return 'no-such-card'
  if (card.status === 'Blocked') return 'card-blocked'
  return card.expires_at !== null && nowMs >= card.expires_at ? 'card-expired' : undefined
}
