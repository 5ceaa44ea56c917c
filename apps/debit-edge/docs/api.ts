import { operations } from '#apps/debit-edge/docs/operations'
import { members, problem, schemas } from '#apps/debit-edge/docs/schemas'
import type { Api } from '#apps/platform/api-docs/api'

/** What the edge of debits serves; a token is asked for where the settings name any. */
export const debitEdgeDocs = (hasTokens: boolean): Api => ({
  title: 'card debits',
  description:
    'Every answer is a decision that is committed. Amounts are decimal text or numbers, never rounded. Numbers of cards are taken in `numeroCartao` and `card_number` and nowhere else.',
  operations,
  schemas,
  ids: { id: members.request_id },
  problem,
  ...(hasTokens ? { token: 'a token of this service' } : {}),
})
