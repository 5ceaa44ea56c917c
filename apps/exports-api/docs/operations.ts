import {
  type ApiAnswer,
  type ApiOperation,
  type ApiParameter,
  type JsonSchema,
  ref,
} from '#apps/platform/api-docs/api'
import type { SchemaRef } from '#apps/exports-api/docs/schemas'
import { pageSize } from '#apps/exports-api/routes/cursor'

const query = (name: string, schema: JsonSchema, required = false): ApiParameter => ({
  ...{ name, required, schema },
  in: 'query',
})
const idempotencyKey: ApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Of the tenant: asked again with it, it is one request',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
}
const noSuchRequest = 'no such request, or not for this token'
const over = 'its time is over'
const away = 'something it needs is away: Retry-After says when to ask again'

const told = (description: string, body: SchemaRef, headers: ApiAnswer['headers'] = {}) => ({
  description,
  schema: ref(body),
  headers,
})
const lookAgain = { 'Retry-After': 'seconds, while something is still being made' }

/** Everything that can be asked, in the order of the document. */
export const operations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/exports',
    summary: 'Ask for an export of the movements of a batch',
    parameters: [idempotencyKey],
    body: { schema: ref('Wanted') },
    answers: {
      202: told('asked for: the request is on the log', 'Asked', {
        Location: 'where it is asked about',
        'Idempotent-Replayed': 'true where it had been asked for before',
      }),
    },
    problems: {
      400: 'no JSON',
      403: 'a tenant that the token is not for',
      404: 'no such batch',
      409: 'the Idempotency-Key was given to another request',
      410: 'the Idempotency-Key was given to an export whose time is over',
      413: 'more than 32 kB',
      415: 'not application/json',
      422: 'cannot be meant so, no such source, template or webhook, or nobody is told anything here',
      503: away,
    },
  },
  {
    method: 'get',
    path: '/exports',
    summary: 'The requests of a tenant, the newest first',
    parameters: [
      query('tenant_id', { type: 'string' }, true),
      query('limit', {
        ...{ type: 'integer', minimum: 1, maximum: pageSize.most, default: pageSize.usual },
      }),
      query('cursor', { type: 'string' }),
    ],
    answers: { 200: told('a page of them', 'Page') },
    problems: { 403: 'a tenant that the token is not for', 422: 'cannot be meant so', 503: away },
  },
  {
    method: 'get',
    path: '/exports/:id',
    summary: 'Where a request is; Retry-After while something is still being made',
    answers: { 200: told('where it is', 'Export', lookAgain) },
    problems: { 404: noSuchRequest, 410: over, 503: away },
  },
  {
    method: 'delete',
    path: '/exports/:id',
    summary: 'Give it up, whatever has come of it; of what is ready: delete it now',
    answers: { 202: told('given up, as often as it is asked', 'Asked') },
    problems: { 404: noSuchRequest, 410: over, 503: away },
  },
  {
    method: 'get',
    path: '/exports/:id/events',
    summary: 'Where it is, and each change, as server-sent events, until nothing changes by itself',
    answers: {
      200: {
        description: 'events `export`, each an Export, and at last `end`',
        type: 'text/event-stream',
      },
    },
    problems: { 404: noSuchRequest, 410: over, 503: away },
  },
  {
    method: 'post',
    path: '/exports/:id/link',
    summary: 'A link to what came out, each time anew; it ends with the export, or before',
    answers: { 200: told('a link', 'Link') },
    problems: { 404: noSuchRequest, 409: 'not ready, or there is no result', 410: over, 503: away },
  },
]
