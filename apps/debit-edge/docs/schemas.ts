/** What the members of bodies look like, as JSON Schema. */
const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more })
const decimal = (description: string) => ({
  type: ['string', 'number'],
  description: `${description}: decimal, no more decimals than the currency has; never rounded`,
  examples: ['50.25'],
})
const numeral = (description: string) => ({ type: ['integer', 'string'], description })
const instant = (description: string) => text(description, { format: 'date-time' })

const cardNumber = {
  type: ['string', 'integer'],
  description: '13 to 19 digits; as text where it begins with zeros',
}
const requestId = text('Id of the request, in place of the header Idempotency-Key', {
  pattern: '^[A-Za-z0-9._:-]{1,64}$',
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
  account_id: text('Id of the account, in place of a card', { pattern: '^[A-Za-z0-9_-]{22}$' }),
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
  others: Readonly<Record<string, object>> = {},
) => ({
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

const balance = {
  type: 'object',
  properties: { booked: text('Decimal'), held: text('Decimal'), available: text('Decimal') },
}

/** What answers refer to. */
export const schemas = {
  Decision: {
    type: 'object',
    description: 'What became of a request. The same text each time it is told.',
    properties: {
      request_id: requestId,
      request_type: text('Debit, Authorise, Post and so on'),
      account_id: members.account_id,
      code: text('DE 39 of ISO 8583: 00 approved, 10 approved in part'),
      reason: text('For machines'),
      currency: members.currency,
      asked: text('Decimal'),
      amount: text('What was taken, held, released or given back: decimal'),
      before: balance,
      after: balance,
      card_display: text('First six and last four digits'),
      authorisation_id: text('Id of the authorisation it is about'),
      authorisation_left: text('What is still held of it: decimal'),
      original_id: text('Id of the request that was undone'),
      decided_at: instant('By the clock of the log'),
    },
  },
  Problem: {
    type: 'object',
    description:
      'RFC 9457. `code` is DE 39 of ISO 8583 (`codigo`, with `mensagem`, at the routes of the source), `reason` is for machines',
    properties: {
      type: text('about:blank'),
      title: text('The status in words'),
      status: { type: 'integer' },
      detail: text('One sentence'),
      instance: text('The path that was asked'),
      code: text('Response code'),
      reason: text('For machines'),
      pointer: text('The member it is about, RFC 6901'),
      request_id: requestId,
    },
  },
  Page: {
    type: 'object',
    description: 'The newest first; `next_cursor` where there are more',
    properties: {
      items: { type: 'array', items: { type: 'object' } },
      next_cursor: text('Opaque'),
    },
  },
  Balance: {
    type: 'object',
    properties: {
      account_id: members.account_id,
      currency: members.currency,
      booked: text('Decimal'),
      held: text('Decimal'),
      available: text('Decimal'),
      branch: { type: ['integer', 'null'] },
      number: { type: ['integer', 'null'] },
      decided_at: instant('Of the last decision that changed it and is projected'),
    },
  },
  Incluida: { type: 'object', properties: { mensagem: text('Conta incluida com sucesso') } },
  Debitado: {
    type: 'object',
    description: 'Numbers as they were sent; `mensagem` (Saldo insuficiente) with 409 only',
    properties: {
      agencia: { type: ['integer', 'null'] },
      numeroConta: { type: ['integer', 'null'] },
      numeroCartao: cardNumber,
      valor: members.valor,
      mensagem: text('Saldo insuficiente'),
    },
  },
} as const
export type SchemaRef = keyof typeof schemas
