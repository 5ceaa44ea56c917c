import type { Api, ApiOperation } from '#apps/platform/api-docs/api'

const away = 'the log cannot be read: Retry-After says when to ask again'

const page = (
  path: string,
  summary: string,
  more: Partial<Pick<ApiOperation, 'answers' | 'problems' | 'parameters'>> = {},
): ApiOperation => ({
  ...{ method: 'get', path, summary },
  answers: { 200: { description: 'a page', type: 'text/html' }, ...more.answers },
  ...(more.problems ? { problems: more.problems } : {}),
  ...(more.parameters ? { parameters: more.parameters } : {}),
})

const place = { type: 'string', pattern: '^\\d{1,15}$' }

/** What the status page serves: pages for people. */
export const operationsDocs: Api = {
  title: 'status page',
  description:
    'Pages for operators: what needs somebody, and what happened. Programs read /status, /metrics, and the topics themselves.',
  links: [{ path: '/docs/topics', label: 'All topics: who writes them, who reads them, fields' }],
  ids: { unit: { type: 'string' }, topic: { type: 'string' }, partition: place, offset: place },
  operations: [
    page('/', 'What needs somebody, and the whole flow', {
      parameters: [
        {
          name: 'refresh',
          in: 'query',
          description: 'on: it shows itself anew every few seconds',
          schema: { type: 'string', enum: ['on'] },
        },
      ],
    }),
    page('/dead-letters', 'Dead letters that nobody has decided on, the newest first', {
      parameters: [
        { name: 'unit', in: 'query', description: 'Of one unit', schema: { type: 'string' } },
      ],
      problems: { 503: away },
    }),
    page('/dead-letters/:unit/:partition/:offset', 'A dead letter', {
      problems: { 404: 'no dead letter is at this place', 503: away },
    }),
    page('/parked', 'Keys whose records wait', { problems: { 503: away } }),
    page('/payments', 'Payments of late, and one looked for by its id', {
      parameters: [{ name: 'id', in: 'query', description: 'A UUID', schema: { type: 'string' } }],
      answers: { 303: { description: 'on to the payment', headers: { Location: 'its page' } } },
      problems: { 400: 'the id is no UUID', 503: away },
    }),
    page('/payments/:id', 'One payment: its timeline', {
      problems: { 404: 'no event of such a payment was found', 503: away },
    }),
    {
      ...{ method: 'get', path: '/style.css', summary: 'How the pages look' },
      answers: { 200: { description: 'a style sheet', type: 'text/css' } },
    },
    page('/docs/topics', 'All topics, to be read'),
    page('/docs/topics/:topic', 'One topic: key, fields, who writes it, who reads it', {
      problems: { 404: 'there is no such topic' },
    }),
    {
      ...{ method: 'get', path: '/docs/asyncapi.json', summary: 'All topics, for programs' },
      answers: {
        200: {
          description: 'AsyncAPI 3.0',
          schema: { type: 'object', description: 'AsyncAPI 3.0' },
        },
      },
    },
    {
      ...{ method: 'get', path: '/docs/asyncapi.yaml', summary: 'The same as YAML' },
      answers: { 200: { description: 'AsyncAPI 3.0', type: 'application/yaml' } },
    },
  ],
}
