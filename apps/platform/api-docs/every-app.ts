import {
  answered,
  type ApiOperation,
  type JsonSchema,
  type Schemas,
  ref,
  text,
} from '#apps/platform/api-docs/api'

/** A problem of an app that says nothing more than all do. */
export const plainProblem: JsonSchema = answered(
  {
    type: text('about:blank', { const: 'about:blank' }),
    title: text('The status in words'),
    status: { type: 'integer' },
    detail: text('One sentence; nothing of the request is repeated'),
    instance: text('The path that was asked, without its query'),
    code: text('Why, for programs'),
    pointer: text('The member it is about, RFC 6901'),
  },
  { optional: ['code', 'pointer'], description: 'RFC 9457' },
)

/** Problems of every app, beside those an operation names. */
export const problemsOfEveryApp: Readonly<Record<number, string>> = {
  500: 'something broke here; the header x-request-id finds it in the log',
}

export const schemasOfEveryApp: Schemas = {
  Status: {
    ...answered({
      status: text('ok where nobody needs to act', { enum: ['ok', 'failing'] }),
      version: text('Of the app'),
      app: text('Its name'),
      problems: {
        type: 'array',
        items: { type: 'string' },
        description: 'Sentences an operator can act on; none where all is well',
      },
    }),
    description: 'How the process is; further members tell what is its own',
    additionalProperties: true,
  },
}

const open = { method: 'get', tag: 'every app', isOpen: true } as const
const page = (description: string, type: string) => ({ 200: { description, type } })

/** What every HTTP app serves. */
export const operationsOfEveryApp: readonly ApiOperation[] = [
  {
    ...open,
    path: '/status',
    summary: 'Whether somebody must act, and why',
    answers: {
      200: { description: 'nobody', schema: ref('Status') },
      503: { description: 'somebody: see problems', schema: ref('Status') },
    },
  },
  {
    ...open,
    path: '/metrics',
    summary: 'Numbers for Prometheus',
    answers: page('the text format of Prometheus', 'text/plain'),
  },
  {
    ...open,
    path: '/docs',
    summary: 'This contract, to be read',
    answers: page('a page without scripts', 'text/html'),
  },
  {
    ...open,
    path: '/docs/openapi.json',
    summary: 'This contract, for programs',
    answers: {
      200: { description: 'OpenAPI 3.1', schema: { type: 'object', description: 'OpenAPI 3.1' } },
    },
  },
]
