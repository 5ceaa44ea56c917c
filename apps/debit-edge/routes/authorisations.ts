import { sumAt } from '#apps/debit-edge/reading/amount'
import { booleanAt, expectMembers, instantAt, wordsAt } from '#apps/debit-edge/reading/members'
import type { AskedRoute, Given, Order } from '#apps/debit-edge/routes/asked'
import {
  drawnAt,
  everyRequest,
  ownRequestId,
  requestIn,
  requestTerms,
  sumMembers,
  whoseAt,
  whoseMembers,
} from '#apps/debit-edge/routes/whose'

const own = { requestId: ownRequestId } as const
const known = [...everyRequest, ...whoseMembers] as const

/** `POST /v1/authorisations`: money is held. */
export const authorise: AskedRoute = {
  ...own,
  name: '/v1/authorisations',
  read(given): Order {
    const { body } = given
    expectMembers(body, [...known, ...sumMembers, 'allows_partial', 'expires_at', 'text'])
    const { account_id, card } = whoseAt(given)
    const expires_at = instantAt(body, 'expires_at') ?? null
    const authorise = { ...drawnAt(given, card), expires_at }
    const terms = { type: 'Authorise', account_id, ...requestTerms(given), authorise } as const
    return { terms, card, words: { text: authorise.text } }
  },
}

/** `POST /v1/authorisations/{id}/increment`: more is held. */
export const increment: AskedRoute = {
  ...own,
  name: '/v1/authorisations/:id/increment',
  read(given): Order {
    expectMembers(given.body, [...known, ...sumMembers])
    const { account_id, card } = whoseAt(given)
    const hold_id = requestIn(given)
    const increment = { hold_id, ...sumAt(given.body) }
    const terms = { type: 'Increment', account_id, ...requestTerms(given), increment } as const
    return { terms, card, words: { hold_id } }
  },
}

/** `POST /v1/authorisations/{id}/post`: of what is held, money leaves. */
export const post: AskedRoute = {
  ...own,
  name: '/v1/authorisations/:id/post',
  read(given): Order {
    const { body } = given
    expectMembers(body, [...known, ...sumMembers, 'is_final', 'text'])
    const { account_id, card } = whoseAt(given)
    const text = wordsAt(body, 'text')
    const hold_id = requestIn(given)
    const post = { hold_id, ...sumAt(body), is_final: booleanAt(body, 'is_final', true), text }
    const terms = { type: 'Post', account_id, ...requestTerms(given), post } as const
    return { terms, card, words: { text, hold_id } }
  },
}

/** `POST /v1/authorisations/{id}/void`: what is still held is released. */
export const voided: AskedRoute = {
  ...own,
  name: '/v1/authorisations/:id/void',
  read(given): Order {
    expectMembers(given.body, known)
    const { account_id, card } = whoseAt(given)
    const hold_id = requestIn(given)
    const terms = {
      type: 'Void',
      account_id,
      ...requestTerms(given),
      void: { hold_id },
    } as const
    return { terms, card, words: { hold_id } }
  },
}

/** `POST /v1/…/{id}/reverse`: an earlier request is undone, whole or in part. */
export const reverseAt = (collection: 'authorisations' | 'debits'): AskedRoute => ({
  ...own,
  name: `/v1/${collection}/:id/reverse`,
  read(given): Order {
    expectMembers(given.body, [...known, ...sumMembers, 'original_requested_at'])
    const { account_id, card } = whoseAt(given)
    const original_id = requestIn(given)
    const reverse = {
      original_id,
      original_requested_at: instantAt(given.body, 'original_requested_at') ?? null,
      ...partOf(given),
      late_event_id: null,
    } as const
    const terms = { type: 'Reverse', account_id, ...requestTerms(given), reverse } as const
    return { terms, card, words: { original_id } }
  },
})

/** How much of it; all that stands where nothing is said. */
function partOf({ body }: Given) {
  const isWhole = sumMembers.every((name) => body[name] === undefined)
  return isWhole ? { amount: null, currency: null } : sumAt(body)
}
