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
    case 'ChangeStatus':
      return withCard(none, request.change_status.card_id, known)
    case 'Credit': {
      const { amount, currency, text } = request.credit
      return { ...none, asked: amount, currency, text }
    }
    case 'Refund': {
      const { amount, currency, text, original_id } = request.refund
      return { ...none, asked: amount, currency, text, originalId: original_id }
    }
    case 'Debit': {
      const { amount, currency, text, card_id } = request.debit
      return withCard({ ...none, asked: amount, currency, text }, card_id, known)
    }
    case 'Authorise': {
      const { amount, currency, text, card_id } = request.authorise
      return withCard({ ...none, asked: amount, currency, text }, card_id, known)
    }
    case 'Increment': {
      const { amount, currency, hold_id } = request.increment
      return ofHold({ ...none, asked: amount, currency }, hold_id, known)
    }
    case 'Post': {
      const { amount, currency, text, hold_id } = request.post
      return ofHold({ ...none, asked: amount, currency, text }, hold_id, known)
    }
    case 'Void':
      return ofHold(none, request.void.hold_id, known)
    case 'HoldDue':
      return ofHold(none, request.hold_due.hold_id, known)
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

const withCard = (terms: Terms, cardId: string | null, { account }: Known): Terms => ({
  ...terms,
  cardId,
  cardDisplay: (account && cardOf(account, cardId)?.display) ?? null,
})

const ofHold = (terms: Terms, holdId: string, { hold }: Known): Terms => ({
  ...terms,
  holdId,
  cardId: hold?.card_id ?? null,
  cardDisplay: hold?.card_display ?? null,
})
