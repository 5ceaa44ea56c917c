import {
  asking,
  decided,
  every,
  pageQueries,
  shown,
  told,
  whose,
} from '#apps/debit-edge/docs/asked-operation'
import { accountStatus, cardStatus, objectOf } from '#apps/debit-edge/docs/schemas'
import type { ApiOperation } from '#apps/platform/api-docs/api'

const ofSource: readonly ApiOperation[] = [
  asking('post', '/conta', {
    summary: 'Open an account with its card, in BRL, as the source does',
    body: objectOf(['agencia', 'numeroConta', 'saldo', 'numeroCartao']),
    answers: { 200: told('opened', 'Incluida') },
  }),
  asking('post', '/debito', {
    summary: 'Debit a card at once, in BRL, as the source does; 409 Saldo insuficiente',
    body: objectOf(['numeroCartao', 'valor']),
    answers: {
      200: told('debited', 'Debitado'),
      409: told('51: Saldo insuficiente', 'Insuficiente'),
    },
  }),
]

const accounts: readonly ApiOperation[] = [
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
  asking('patch', '/v1/accounts/:id/cards', {
    summary: 'Block a card of the account, or let it be used again',
    body: objectOf(['card_number'], every, { status: cardStatus }),
  }),
  asking('patch', '/v1/accounts/:id', {
    summary: 'Block an account, let it be used again, or close an empty one',
    body: objectOf([], every, { status: accountStatus }),
  }),
]

const money: readonly ApiOperation[] = [
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

const authorisations: readonly ApiOperation[] = [
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

const views: readonly ApiOperation[] = [
  shown(
    '/v1/accounts/:id/balance',
    'What lies on the account, as far as it is projected',
    'Balance',
  ),
  shown(
    '/v1/accounts/:id/statement',
    'The lines of its statement, the newest first',
    'Statement',
    pageQueries,
  ),
  shown(
    '/v1/accounts/:id/entries',
    'Its entries in the books, the newest first',
    'Entries',
    pageQueries,
  ),
]

/** Everything that can be asked, in the order of the document. */
export const operations: readonly ApiOperation[] = [
  ...ofSource,
  ...accounts,
  ...money,
  ...authorisations,
  ...views,
]
