import { answered, instant, type JsonSchema, orNull, ref, text } from '#apps/platform/api-docs/api'
import { plainProblem } from '#apps/platform/api-docs/every-app'

/** What the members of bodies look like, as JSON Schema. */
const decimal = (description: string) => ({
  type: ['string', 'number'],
  description: `${description}: decimal, no more decimals than the currency has; never rounded`,
  examples: ['50.25'],
})
const numeral = (description: string) => ({ type: ['integer', 'string'], description })

const cardNumber = {
  type: ['string', 'integer'],
  description: '13 to 19 digits; as text where it begins with zeros',
  examples: ['8888777766660001'],
}
const requestId = text('Id of the request, in place of the header Idempotency-Key', {
  pattern: '^[A-Za-z0-9._:-]{1,64}$',
  examples: ['order-4711'],
})
const words = text('What the statement says of it; may hold no number of a card', {
  maxLength: 140,
})
const status = (...values: readonly string[]) => text('From now on', { enum: values })

/** Members of the bodies, by name; of the source's first. */
export const members = {
  agencia: numeral('Branch of the account'),
  numeroConta: numeral('Number of the account'),
  saldo: decimal('What the account begins with, BRL'),
  numeroCartao: cardNumber,
  valor: decimal('How much leaves the account, BRL'),
  request_id: requestId,
  requested_at: instant('When the request was first made; when it came where absent'),
  card_number: cardNumber,
  account_id: text('Id of the account, in place of a card', {
    pattern: '^[A-Za-z0-9_-]{22}$',
    examples: ['kR3vY1mBq0aZ8sD7fG2hJw'],
  }),
  amount: decimal('How much'),
  currency: text('ISO 4217', { examples: ['BRL'] }),
  text: words,
  allows_partial: { type: 'boolean', default: false, description: 'Whether less will do' },
  expires_at: instant('Until when it holds; as long as is usual where absent'),
  is_final: {
    type: 'boolean',
    default: true,
    description: 'Whether what is still held is released',
  },
  original_id: text('Id of the request it was paid by'),
  original_requested_at: instant(
    'When the request to undo was made: with it one that has not come yet is not taken when it comes',
  ),
  opening_balance: decimal('What the account begins with; nothing where absent'),
  branch: numeral('Branch of the account'),
  number: numeral('Number of the account'),
  card_expires_at: instant('The card is refused from then on'),
} as const
export type Member = keyof typeof members

/** An object of these members, no others. */
export const objectOf = (
  required: readonly Member[],
  optional: readonly Member[] = [],
  others: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: [...required, ...Object.keys(others)],
  properties: {
    ...Object.fromEntries([...required, ...optional].map((name) => [name, members[name]])),
    ...others,
  },
})

export const accountStatus = status('active', 'blocked', 'closed')
export const cardStatus = status('active', 'blocked')

const decimalText = (description: string) =>
  text(`${description}: decimal`, { examples: ['50.25'] })
const balance = answered({
  booked: decimalText('Booked'),
  held: decimalText('Held'),
  available: decimalText('What is left'),
})

const decision = {
  request_id: requestId,
  request_type: text('Debit, Authorise, Post and so on'),
  account_id: members.account_id,
  code: text('DE 39 of ISO 8583: 00 approved, 10 approved in part', { examples: ['00'] }),
  reason: text('For machines'),
  currency: members.currency,
  asked: decimalText('What was asked for'),
  amount: decimalText('What was taken, held, released or given back'),
  before: balance,
  after: balance,
  card_display: text('First six and last four digits'),
  authorisation_id: text('Id of the authorisation it is about'),
  authorisation_left: decimalText('What is still held of it'),
  original_id: text('Id of the request that was undone'),
  decided_at: instant('By the clock of the log'),
}
const notOfEach = [
  'currency',
  'card_display',
  'authorisation_id',
  'authorisation_left',
  'original_id',
]

/** A refusal: of a decision, with all its members, or before one was asked for. */
export const problem = answered(
  {
    ...plainProblem.properties,
    ...decision,
    code: text('Response code'),
    codigo: text('Response code, at the routes of the source'),
    mensagem: text('What it says, at the routes of the source'),
  },
  {
    optional: ['pointer', 'codigo', 'mensagem', ...Object.keys(decision)],
    description:
      'RFC 9457. `code` is DE 39 of ISO 8583 (`codigo`, with `mensagem`, at the routes of the source), `reason` is for machines; a decision that refuses has all members of a Decision besides',
  },
)

const numberOrNull = (description: string) => ({ type: ['integer', 'null'], description })
const debited = {
  agencia: numberOrNull('Branch of the account'),
  numeroConta: numberOrNull('Number of the account'),
  numeroCartao: cardNumber,
  valor: members.valor,
}

/** What answers refer to. */
export const schemas = {
  Decision: answered(decision, {
    optional: notOfEach,
    description: 'What became of a request. The same text each time it is told.',
  }),
  Statement: pageOf('StatementLine'),
  StatementLine: answered({
    sequence: { type: 'integer', description: 'Its place among the lines of the account, from 1' },
    request_id: requestId,
    request_type: decision.request_type,
    amount: decimalText('Below zero where money leaves'),
    currency: members.currency,
    balance: decimalText('After it'),
    card_display: orNull(decision.card_display),
    text: orNull(words),
    booked_at: instant('When it was booked'),
  }),
  Entries: pageOf('Entry'),
  Entry: answered({
    request_id: requestId,
    currency: members.currency,
    booked_at: instant('When it was booked'),
    postings: {
      type: 'array',
      items: answered({
        ledger_account: text('Account of the books'),
        nature: text('Its side', { enum: ['debit', 'credit'] }),
        amount: decimalText('How much'),
      }),
    },
  }),
  Balance: answered({
    account_id: members.account_id,
    currency: members.currency,
    booked: decimalText('Booked'),
    held: decimalText('Held'),
    available: decimalText('What is left'),
    branch: numberOrNull('Branch of the account'),
    number: numberOrNull('Number of the account'),
    decided_at: instant('Of the last decision that changed it and is projected'),
  }),
  Incluida: answered({ mensagem: text('Conta incluida com sucesso') }),
  Debitado: answered(debited, { description: 'Numbers as they were sent' }),
  Insuficiente: answered(
    { ...debited, mensagem: text('Saldo insuficiente') },
    { description: 'Numbers as they were sent' },
  ),
} satisfies Readonly<Record<string, JsonSchema>>
export type SchemaRef = keyof typeof schemas

function pageOf(name: string): JsonSchema {
  return answered(
    { items: { type: 'array', items: ref(name) }, next_cursor: text('Opaque') },
    {
      optional: ['next_cursor'],
      description: 'The newest first; `next_cursor` where there are more',
    },
  )
}
