import { type Member, members, objectOf, type SchemaRef } from '#apps/debit-edge/docs/schemas'
import {
  type ApiAnswer,
  type ApiOperation,
  type ApiParameter,
  type JsonSchema,
  ref,
  text,
} from '#apps/platform/api-docs/api'

/** Members that every request may have. */
export const every: readonly Member[] = ['request_id', 'requested_at']
/** Those of a request about a card or an account. */
export const whose: readonly Member[] = [...every, 'card_number', 'account_id']

const header = (name: string, schema: JsonSchema): ApiParameter => ({ name, in: 'header', schema })
const askedHeaders = [
  header(
    'Idempotency-Key',
    text(
      'Id of the request: asked again with it, it is answered alike and done once. Made, and told in Request-Id, where absent',
      { pattern: '^[A-Za-z0-9._:-]{1,64}$' },
    ),
  ),
  header('Request-Deadline-Ms', {
    ...{ type: 'integer', minimum: 1 },
    description: 'Shortens how long a decision is waited for',
  }),
]
const answeredHeaders = {
  'Request-Id': 'Id the request is known by',
  'Idempotent-Replayed': 'true where it had been decided before',
}
/** An answer with what it is about. */
export const told = (description: string, answer: SchemaRef) => ({
  description,
  schema: ref(answer),
  headers: answeredHeaders,
})

export const pageQueries: readonly ApiParameter[] = [
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
  },
  { name: 'cursor', in: 'query', schema: text('As it was told') },
]

const away = '91: nobody decides at present, or what is asked for is away'
const refusals = {
  400: 'no JSON',
  404: '14 or 25: no such card, account or original',
  409: 'refused: 05, 51, 54, 57, 61, 62, 94',
  413: 'more than 16 kB',
  415: 'not application/json',
  422: 'cannot be meant so: 12, 13, 30, or another request had this id',
  503: away,
  504: 'late (68): not taken, or given back',
}

const ofAccounts = (path: string) =>
  path.startsWith('/v1/accounts') ? { ids: { id: members.account_id } } : {}

/** Something that is decided, and how it is told. */
export const asking = (
  method: 'post' | 'patch',
  path: string,
  {
    summary,
    body,
    answers = {},
  }: Pick<ApiOperation, 'summary'> & {
    readonly body: JsonSchema
    readonly answers?: Readonly<Record<number, ApiAnswer>>
  },
): ApiOperation => ({
  ...{ method, path, summary, ...ofAccounts(path) },
  parameters: askedHeaders,
  body: { schema: body },
  answers: {
    200: told('approved (00, 10)', 'Decision'),
    ...answers,
  },
  problems: refusals,
})

/** What is POSTed and told as a Decision. */
export const decided = (
  path: string,
  summary: string,
  required: readonly Member[],
  optional: readonly Member[] = whose,
): ApiOperation => asking('post', path, { summary, body: objectOf(required, optional) })

/** What was booked. */
export const shown = (
  path: string,
  summary: string,
  answer: SchemaRef,
  parameters: readonly ApiParameter[] = [],
): ApiOperation => ({
  ...{ method: 'get', path, summary, parameters, ...ofAccounts(path) },
  answers: { 200: { description: 'shown', schema: ref(answer) } },
  problems: {
    404: '14: no such account, or nothing of it is projected yet',
    422: '30: cannot be meant so',
    503: away,
  },
})
