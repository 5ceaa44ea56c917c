import type { SchemaRef } from '#apps/exports-api/docs/schemas'
import { pageSize } from '#apps/exports-api/routes/cursor'

interface Answered {
  readonly status: 200 | 202
  readonly description: string
  /** What the body is; server-sent events where absent. */
  readonly body?: SchemaRef
}

/** One method of one path, as it is documented. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete'
  /** As express has it: `:id` for a part of the path. */
  readonly path: string
  readonly summary: string
  readonly parameters?: readonly object[]
  readonly isAsking?: boolean
  readonly answer: Answered
  /** What it may be answered besides, by status. */
  readonly problems: Readonly<Record<number, string>>
}

const query = (name: string, schema: object, required = false) => ({
  ...{ name, in: 'query', required, schema },
})
const idempotencyKey = {
  ...{ name: 'Idempotency-Key', in: 'header', required: false },
  description: 'Of the tenant: asked again with it, it is one request',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
}
const noSuchRequest = 'no such request, or not for this token'
const over = 'its time is over'

/** Everything that can be asked, in the order of the document. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/exports',
    summary: 'Ask for an export of the movements of a batch',
    parameters: [idempotencyKey],
    isAsking: true,
    answer: { status: 202, description: 'asked for: the request is on the log', body: 'Asked' },
    problems: {
      400: 'no JSON',
      403: 'a tenant that the token is not for',
      404: 'no such batch',
      409: 'the Idempotency-Key was given to another request',
      410: 'the Idempotency-Key was given to an export whose time is over',
      413: 'more than 32 kB',
      415: 'not application/json',
      422: 'cannot be meant so, no such source, template or webhook, or nobody is told anything here',
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
    answer: { status: 200, description: 'a page of them', body: 'Page' },
    problems: { 403: 'a tenant that the token is not for', 422: 'cannot be meant so' },
  },
  {
    method: 'get',
    path: '/exports/:id',
    summary: 'Where a request is; Retry-After while something is still being made',
    answer: { status: 200, description: 'where it is', body: 'Export' },
    problems: { 404: noSuchRequest, 410: over },
  },
  {
    method: 'delete',
    path: '/exports/:id',
    summary: 'Give it up, whatever has come of it; of what is ready: delete it now',
    answer: { status: 202, description: 'given up, as often as it is asked', body: 'Asked' },
    problems: { 404: noSuchRequest, 410: over },
  },
  {
    method: 'get',
    path: '/exports/:id/events',
    summary: 'Where it is, and each change, as server-sent events, until nothing changes by itself',
    answer: { status: 200, description: 'events `export`, each an Export, and at last `end`' },
    problems: { 404: noSuchRequest, 410: over },
  },
  {
    method: 'post',
    path: '/exports/:id/link',
    summary: 'A link to what came out, each time anew; it ends with the export, or before',
    answer: { status: 200, description: 'a link', body: 'Link' },
    problems: { 404: noSuchRequest, 409: 'not ready, or there is no result', 410: over },
  },
]
