import { balanceOf, currencyAt } from '#apps/debit-edge/reading/amount'
import { type Card, cardAt } from '#apps/debit-edge/reading/card'
import {
  expectMembers,
  instantAt,
  numeralAt,
  required,
  textAt,
  wholeNumberAt,
} from '#apps/debit-edge/reading/members'
import { memberError, refusal } from '#apps/debit-edge/reading/refusal'
import type { AskedRoute, Given, Order } from '#apps/debit-edge/routes/asked'
import { accountIn, everyRequest, ownRequestId, requestTerms } from '#apps/debit-edge/routes/whose'
import type { AccountCard, AccountStatus, CardStatus } from '#schemas/generated/types'

const own = { requestId: ownRequestId } as const

const newCard = ({ id, display }: Card, expires_at: number | undefined): AccountCard => ({
  card_id: id,
  display,
  status: 'Active',
  expires_at: expires_at ?? null,
})

/** Refuses a card that draws on an account which is not its own. */
export function expectOwnCard({ id }: Card, accountOf: Given['accountOf'], wanted = id): void {
  const drawnOn = accountOf(id)
  if (drawnOn === id || drawnOn === wanted) return
  const detail = 'the card draws on another account already'
  throw refusal(409, { code: '94', reason: 'card-of-another-account', detail })
}

/** `POST /v1/accounts`: an account of a card, or one whose cards come later. */
export const openAccount: AskedRoute = {
  ...own,
  name: '/v1/accounts',
  read(given): Order {
    const { body, desk } = given
    expectMembers(body, [
      ...everyRequest,
      'currency',
      'opening_balance',
      'branch',
      'number',
      'card_number',
      'card_expires_at',
    ])
    const currency = currencyAt(body)
    const card = cardAt(body, 'card_number', desk.cards)
    if (card) expectOwnCard(card, given.accountOf)
    const expiresAt = instantAt(body, 'card_expires_at')
    if (!card && expiresAt !== undefined) throw memberError('card_number', 'is missing')
    const open_account = {
      currency,
      opening_balance: balanceOf(
        'opening_balance',
        numeralAt(body, 'opening_balance')?.text,
        currency,
      ),
      branch: wholeNumberAt(body, 'branch', 2_147_483_647) ?? null,
      number: wholeNumberAt(body, 'number', Number.MAX_SAFE_INTEGER) ?? null,
      card: card ? newCard(card, expiresAt) : null,
    }
    const account_id = card?.id ?? desk.cards.tokens.accountId(given.requestId)
    const terms = { type: 'OpenAccount', account_id, ...requestTerms(given), open_account } as const
    return { terms, card }
  },
}

/** `POST /v1/accounts/{id}/cards`: one more card draws on the account. */
export const addCard: AskedRoute = {
  ...own,
  name: '/v1/accounts/:id/cards',
  read(given): Order {
    const { body, desk, accountOf } = given
    expectMembers(body, [...everyRequest, 'card_number', 'expires_at'])
    const account_id = accountIn(given)
    const card = required('card_number', cardAt(body, 'card_number', desk.cards))
    expectOwnCard(card, accountOf, account_id)
    const add_card = { card: newCard(card, instantAt(body, 'expires_at')) }
    return {
      terms: { type: 'AddCard', account_id, ...requestTerms(given), add_card },
      card,
      // Whoever was told that the card was added can use it here at once.
      settled: async () => desk.ports()?.refreshCards(),
    }
  },
}

const accountStatuses = { active: 'Active', blocked: 'Blocked', closed: 'Closed' } as const
const cardStatuses = { active: 'Active', blocked: 'Blocked' } as const

function statusAt<Status extends AccountStatus | CardStatus>(
  given: Given,
  statuses: Readonly<Record<string, Status>>,
): Status {
  const text = required('status', textAt(given.body, 'status'))
  if (Object.hasOwn(statuses, text)) return statuses[text]!
  throw memberError('status', `must be one of ${Object.keys(statuses).join(', ')}`)
}

/** `PATCH /v1/accounts/{id}`: the account takes requests, or no longer. */
export const changeAccount: AskedRoute = {
  ...own,
  name: '/v1/accounts/:id',
  read(given): Order {
    expectMembers(given.body, [...everyRequest, 'status'])
    const account_id = accountIn(given)
    const account_status = statusAt(given, accountStatuses)
    const change_status = { account_status, card_id: null, card_status: null }
    return {
      terms: { type: 'ChangeStatus', account_id, ...requestTerms(given), change_status },
    }
  },
}

/** `PATCH /v1/accounts/{id}/cards`: one of its cards may be used, or no longer. */
export const changeCard: AskedRoute = {
  ...own,
  name: '/v1/accounts/:id/cards',
  read(given): Order {
    const { body, desk } = given
    expectMembers(body, [...everyRequest, 'card_number', 'status'])
    const account_id = accountIn(given)
    const card = required('card_number', cardAt(body, 'card_number', desk.cards))
    const card_status = statusAt(given, cardStatuses)
    const change_status = { account_status: null, card_id: card.id, card_status }
    return {
      terms: { type: 'ChangeStatus', account_id, ...requestTerms(given), change_status },
      card,
    }
  },
}
