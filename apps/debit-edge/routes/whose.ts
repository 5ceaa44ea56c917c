import type { IncomingHttpHeaders } from 'node:http'
import { type Card, cardAt, isToken } from '#apps/debit-edge/reading/card'
import { sumAt } from '#apps/debit-edge/reading/amount'
import { booleanAt, instantAt, textAt, wordsAt } from '#apps/debit-edge/reading/members'
import type { Body } from '#apps/debit-edge/reading/read-body'
import { formatError, memberError, refusal } from '#apps/debit-edge/reading/refusal'
import { isRequestId, requestIdIn } from '#apps/debit-edge/reading/request-id'
import type { Given } from '#apps/debit-edge/routes/asked'

/** Members that every request of our own routes may have. */
export const everyRequest = ['request_id', 'requested_at'] as const
/** Members that say how much. */
export const sumMembers = ['amount', 'currency'] as const
/** Members that say whose account it is. */
export const whoseMembers = ['card_number', 'account_id'] as const

/** The id of a request to one of our own routes. */
export const ownRequestId = (headers: IncomingHttpHeaders, body: Body): string =>
  requestIdIn(headers, textAt(body, 'request_id'))

/** What every request of our own routes tells of itself. */
export const requestTerms = ({ body, requestId, nowMs }: Given) => ({
  request_id: requestId,
  requested_at: instantAt(body, 'requested_at') ?? nowMs,
})

/** An account, and the card it is named by where it is named by one. */
export interface Whose {
  readonly account_id: string
  readonly card: Card | undefined
}

/** Whose account it is: of `card_number` or of `account_id`, one of them. */
export function whoseAt({ body, desk, accountOf }: Given): Whose {
  const card = cardAt(body, 'card_number', desk.cards)
  const account_id = textAt(body, 'account_id')
  if ((card === undefined) === (account_id === undefined)) {
    throw formatError('whose', 'give card_number or account_id, one of them')
  }
  if (card) return { account_id: accountOf(card.id), card }
  if (isToken(account_id!)) return { account_id: account_id!, card }
  throw memberError('account_id', 'is no id of an account: 22 letters, digits or characters of - _')
}

/** What is drawn on an account: taken at once, or held. */
export const drawnAt = ({ body }: Given, card: Card | undefined) => ({
  ...sumAt(body),
  card_id: card?.id ?? null,
  allows_partial: booleanAt(body, 'allows_partial', false),
  text: wordsAt(body, 'text'),
})

/** The id of an account in a path. Problem 404 where it is none, with nothing of it. */
export function accountIn({ params }: Pick<Given, 'params'>): string {
  const id = params['id'] ?? ''
  if (isToken(id)) return id
  throw refusal(404, { code: '14', reason: 'no-such-account', detail: 'there is no such account' })
}

/** The id of an earlier request in a path. */
export function requestIn({ params }: Pick<Given, 'params'>): string {
  const id = params['id'] ?? ''
  if (isRequestId(id)) return id
  throw refusal(404, {
    code: '25',
    reason: 'original-not-found',
    detail: 'there is no such request',
  })
}
