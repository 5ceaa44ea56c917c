import type { DebitRequestDebit } from '#schemas/generated/types'
import { cardOf } from '#streams/debits/checks'
import type { Known, Request } from '#streams/debits/known'

/** What a decision says of its request, whatever becomes of it. */
export interface Terms {
  /** Minor units; 0 where the request names no amount. */
  readonly asked: number
  /** Currency of the request; undefined where it names none. */
  readonly currency: string | undefined
  readonly cardId: string | null
  readonly cardDisplay: string | null
  readonly holdId: string | null
  readonly originalId: string | null
  /** What the statement says of it. */
  readonly text: string | null
}

const none: Terms = {
  asked: 0,
  currency: undefined,
  cardId: null,
  cardDisplay: null,
  holdId: null,
  originalId: null,
  text: null,
}

/** What a request names, its card as the account, the hold or the original knows it. */
export function termsOf(request: Request, known: Known): Terms {
  switch (request.type) {
    case 'OpenAccount': {
      const { opening_balance, currency, card } = request.open_account
      const cardId = card?.card_id ?? null
      const cardDisplay = card?.display ?? null
      return { ...none, asked: opening_balance, currency, cardId, cardDisplay }
    }
    case 'AddCard': {
      const { card_id, display } = request.add_card.card
      return { ...none, cardId: card_id, cardDisplay: display }
    }
    case 'ChangeStatus': {
      const { card_id } = request.change_status
      return { ...none, cardId: card_id, cardDisplay: displayOf(known, card_id) }
    }
    case 'Credit': {
      const { amount, currency, text } = request.credit
      return { ...none, asked: amount, currency, text }
    }
    case 'Refund': {
      const { amount, currency, text, original_id } = request.refund
      return { ...none, asked: amount, currency, text, originalId: original_id }
    }
    case 'Debit':
      return withCard(request.debit, known)
    case 'Authorise':
      return withCard(request.authorise, known)
    case 'Increment':
      return ofHold(request.increment, known)
    case 'Post':
      return ofHold(request.post, known)
    case 'Void':
      return ofHold(request.void, known)
    case 'HoldDue':
      return ofHold(request.hold_due, known)
    case 'Reverse': {
      const { original_id, amount } = request.reverse
      const undone = known.original?.decision
      return {
        ...none,
        asked: amount ?? 0,
        cardId: undone?.card_id ?? null,
        cardDisplay: undone?.card_display ?? null,
        holdId: undone?.hold_id ?? null,
        originalId: original_id,
      }
    }
  }
}

interface OfHold {
  readonly hold_id: string
  readonly amount?: number
  readonly currency?: string
  readonly text?: string | null
}

// Whole literals: these are most of all requests.
const ofHold = ({ hold_id, amount, currency, text }: OfHold, { hold }: Known): Terms => ({
  asked: amount ?? 0,
  currency,
  cardId: hold?.card_id ?? null,
  cardDisplay: hold?.card_display ?? null,
  holdId: hold_id,
  originalId: null,
  text: text ?? null,
})

type WithCard = Pick<DebitRequestDebit, 'amount' | 'currency' | 'card_id' | 'text'>

const withCard = ({ amount, currency, card_id, text }: WithCard, known: Known): Terms => ({
  asked: amount,
  currency,
  cardId: card_id,
  cardDisplay: displayOf(known, card_id),
  holdId: null,
  originalId: null,
  text,
})

const displayOf = ({ account }: Known, cardId: string | null): string | null =>
  (account && cardOf(account, cardId)?.display) ?? null
