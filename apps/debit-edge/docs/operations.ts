import {
  accountStatus,
  cardStatus,
  type Member,
  objectOf,
  type SchemaRef,
} from '#apps/debit-edge/docs/schemas'

/** One method of one path, as it is documented. */
export interface Operation {
  readonly method: 'get' | 'post' | 'patch'
  /** As express has it: `:id` for a part of the path. */
  readonly path: string
  readonly summary: string
  /** Absent where nothing is sent. */
  readonly body?: object
  readonly answer: SchemaRef
  /** Whether it is answered page by page. */
  readonly isPaged?: boolean
}

const every: readonly Member[] = ['request_id', 'requested_at']
const whose: readonly Member[] = [...every, 'card_number', 'account_id']

const decided = (
  path: string,
  summary: string,
  required: readonly Member[],
  optional: readonly Member[] = whose,
): Operation => ({
  method: 'post',
  path,
  summary,
  body: objectOf(required, optional),
  answer: 'Decision',
})

const ofSource: readonly Operation[] = [
  {
    method: 'post',
    path: '/conta',
    summary: 'Open an account with its card, in BRL, as the source does',
    body: objectOf(['agencia', 'numeroConta', 'saldo', 'numeroCartao']),
    answer: 'Incluida',
  },
  {
    method: 'post',
    path: '/debito',
    summary: 'Debit a card at once, in BRL, as the source does; 409 Saldo insuficiente',
    body: objectOf(['numeroCartao', 'valor']),
    answer: 'Debitado',
  },
]

const accounts: readonly Operation[] = [
  decided(
    '/v1/accounts',
    'Open an account: that of a card, or one whose cards are added later',
    ['currency'],
    [...every, 'opening_balance', 'branch', 'number', 'card_number', 'card_expires_at'],
  ),
  decided(
    '/v1/accounts/:id/cards',
    'One more card draws on the account',
    ['card_number'],
    [...every, 'expires_at'],
  ),
  {
    method: 'patch',
    path: '/v1/accounts/:id/cards',
    summary: 'Block a card of the account, or let it be used again',
    body: objectOf(['card_number'], every, { status: cardStatus }),
    answer: 'Decision',
  },
  {
    method: 'patch',
    path: '/v1/accounts/:id',
    summary: 'Block an account, let it be used again, or close an empty one',
    body: objectOf([], every, { status: accountStatus }),
    answer: 'Decision',
  },
]

const money: readonly Operation[] = [
  decided(
    '/v1/debits',
    'Money leaves at once',
    ['amount', 'currency'],
    [...whose, 'allows_partial', 'text'],
  ),
  decided(
    '/v1/debits/:id/reverse',
    'Undo a debit, whole or in part',
    [],
    [...whose, 'amount', 'currency', 'original_requested_at'],
  ),
  decided('/v1/credits', 'Money comes in', ['amount', 'currency'], [...whose, 'text']),
  decided(
    '/v1/refunds',
    'Money comes back, whatever became of what it was paid by',
    ['amount', 'currency'],
    [...whose, 'original_id', 'text'],
  ),
]

const authorisations: readonly Operation[] = [
  decided(
    '/v1/authorisations',
    'Hold money',
    ['amount', 'currency'],
    [...whose, 'allows_partial', 'expires_at', 'text'],
  ),
  decided('/v1/authorisations/:id/increment', 'Hold more', ['amount', 'currency']),
  decided(
    '/v1/authorisations/:id/post',
    'Of what is held, money leaves',
    ['amount', 'currency'],
    [...whose, 'is_final', 'text'],
  ),
  decided('/v1/authorisations/:id/void', 'Release what is still held', []),
  decided(
    '/v1/authorisations/:id/reverse',
    'Undo an authorisation, whole or in part',
    [],
    [...whose, 'amount', 'currency', 'original_requested_at'],
  ),
]

const views: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/accounts/:id/balance',
    summary: 'What lies on the account, as far as it is projected',
    answer: 'Balance',
  },
  {
    method: 'get',
    path: '/v1/accounts/:id/statement',
    summary: 'The lines of its statement, the newest first',
    answer: 'Page',
    isPaged: true,
  },
  {
    method: 'get',
    path: '/v1/accounts/:id/entries',
    summary: 'Its entries in the books, the newest first',
    answer: 'Page',
    isPaged: true,
  },
]

/** Everything that can be asked, in the order of the document. */
export const operations: readonly Operation[] = [
  ...ofSource,
  ...accounts,
  ...money,
  ...authorisations,
  ...views,
]
