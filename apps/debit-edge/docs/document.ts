import { type Operation, operations } from '#apps/debit-edge/docs/operations'
import { schemas } from '#apps/debit-edge/docs/schemas'
import { appVersion } from '#core/version'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const header = (name: string, description: string, schema: object) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
})

const askedHeaders = [
  header(
    'Idempotency-Key',
    'Id of the request: asked again with it, it is answered alike and done once. Made, and told in Request-Id, where absent',
    { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
  ),
  header('Request-Deadline-Ms', 'Shortens how long a decision is waited for', {
    type: 'integer',
    minimum: 1,
  }),
]

const pageQueries = [
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
  },
  { name: 'cursor', in: 'query', schema: { type: 'string' } },
]

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

const decidedRefusals = {
  400: problem('no JSON'),
  409: problem('refused: 05, 51, 54, 57, 61, 62, 94'),
  413: problem('more than 16 kB'),
  415: problem('not application/json'),
  422: problem('cannot be meant so: 12, 13, 30, or another request had this id'),
  504: problem('late (68): not taken, or given back'),
}

function operationOf({ path, summary, body, answer, isPaged }: Operation) {
  const ids = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    summary,
    parameters: [...ids, ...(body ? askedHeaders : []), ...(isPaged ? pageQueries : [])],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      200: {
        description: body ? 'approved (00, 10)' : 'shown',
        ...(body ? { headers: answeredHeaders } : {}),
        content: { 'application/json': { schema: ref(answer) } },
      },
      404: problem('14 or 25: no such card, account or original'),
      503: problem('91: nobody decides at present, or what is asked for is away'),
      ...(body ? decidedRefusals : {}),
    },
  }
}

const answeredHeaders = {
  'Request-Id': { description: 'Id the request is known by', schema: { type: 'string' } },
  'Idempotent-Replayed': {
    description: 'true where it had been decided before',
    schema: { type: 'string' },
  },
}

/** The document of everything the edge can be asked: OpenAPI 3.1. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: operationOf(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Corrente: card debits',
      version: appVersion,
      description:
        'Every answer is a decision that is committed. Amounts are decimal text or numbers, never rounded. Numbers of cards are taken in `numeroCartao` and `card_number` and nowhere else.',
    },
    paths,
    components: { schemas },
  }
}
