import type { DebitDecision, DebitRequest } from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'
import { originText } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

/** The account that a card draws on, as it was told last, and where. */
export interface FoundCard {
  readonly account_id: string
  /** `<topic>@<partition>:<offset>` */
  readonly at: string
}

interface Drawing {
  readonly card_id: string
  readonly account_id: string
}

/** The card that a request lets draw on an account other than its own. */
function drawingOf(request: DebitRequest): Drawing | undefined {
  const card =
    request.type === 'OpenAccount'
      ? request.open_account.card
      : request.type === 'AddCard'
        ? request.add_card.card
        : null
  const { account_id } = request
  return card && card.card_id !== account_id ? { card_id: card.card_id, account_id } : undefined
}

// An account's token has no slash.
const nameOf = ({ account_id, card_id }: Drawing): string => `${account_id}/${card_id}`

/**
 * The cards of all accounts, by what was asked for and approved. Accounts know nothing of each other: where several were
 * given the same card, it draws on one of them, whichever was told last.
 */
export class CardBooks {
  /** The decision that gave an account its card, by both. */
  readonly #given = new Map<string, Drawing & { readonly at: string }>()
  readonly #mayBe = new Set<string>()

  decided(request: DebitRequest, decision: DebitDecision): void {
    const drawing = drawingOf(request)
    if (!drawing || !isApproved(decision.code)) return
    this.#given.set(nameOf(drawing), { ...drawing, at: originText(decision) })
  }

  /** A request of which it is not known whether it was decided. */
  undecided(request: DebitRequest): void {
    const drawing = drawingOf(request)
    if (drawing) this.#mayBe.add(nameOf(drawing))
  }

  /** All accounts were looked at. `found`: by card. */
  compare(found: ReadonlyMap<string, FoundCard>, violations: Violations): void {
    for (const { card_id, account_id, at } of this.#given.values()) {
      if (found.has(card_id)) continue
      violations.note({ kind: 'missing-card', at, account_id, what: 'nobody finds it' })
    }
    for (const [card_id, { account_id, at }] of found) {
      const name = nameOf({ account_id, card_id })
      if (this.#given.has(name) || this.#mayBe.has(name)) continue
      const what = 'the account was never given this card'
      violations.note({ kind: 'unasked-card', at, account_id, what })
    }
  }
}
