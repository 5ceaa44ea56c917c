import { sumAt } from '#apps/debit-edge/reading/amount'
import { expectMembers, textAt, wordsAt } from '#apps/debit-edge/reading/members'
import type { Body } from '#apps/debit-edge/reading/read-body'
import { memberError } from '#apps/debit-edge/reading/refusal'
import { isRequestId } from '#apps/debit-edge/reading/request-id'
import type { AskedRoute, Order } from '#apps/debit-edge/routes/asked'
import {
  drawnAt,
  everyRequest,
  ownRequestId,
  requestTerms,
  sumMembers,
  whoseAt,
  whoseMembers,
} from '#apps/debit-edge/routes/whose'

const own = { requestId: ownRequestId } as const
const known = [...everyRequest, ...whoseMembers, ...sumMembers, 'text'] as const

/** `POST /v1/debits`: money leaves at once. */
export const debit: AskedRoute = {
  ...own,
  name: '/v1/debits',
  read(given): Order {
    expectMembers(given.body, [...known, 'allows_partial'])
    const { account_id, card } = whoseAt(given)
    const debit = drawnAt(given, card)
    const terms = { type: 'Debit', account_id, ...requestTerms(given), debit } as const
    return { terms, card, words: { text: debit.text } }
  },
}

/** `POST /v1/credits`: money comes in. */
export const credit: AskedRoute = {
  ...own,
  name: '/v1/credits',
  read(given): Order {
    const { body } = given
    expectMembers(body, known)
    const { account_id, card } = whoseAt(given)
    const text = wordsAt(body, 'text')
    const credit = { ...sumAt(body), text }
    const terms = { type: 'Credit', account_id, ...requestTerms(given), credit } as const
    return { terms, card, words: { text } }
  },
}

/** `POST /v1/refunds`: money comes back, whatever became of the request it was paid by. */
export const refund: AskedRoute = {
  ...own,
  name: '/v1/refunds',
  read(given): Order {
    const { body } = given
    expectMembers(body, [...known, 'original_id'])
    const { account_id, card } = whoseAt(given)
    const text = wordsAt(body, 'text')
    const original_id = originalAt(body)
    const refund = { ...sumAt(body), original_id, text }
    const terms = { type: 'Refund', account_id, ...requestTerms(given), refund } as const
    return { terms, card, words: { text, original_id } }
  },
}

function originalAt(body: Body): string | null {
  const id = textAt(body, 'original_id')
  if (id === undefined || isRequestId(id)) return id ?? null
  throw memberError('original_id', 'is no id of a request')
}
