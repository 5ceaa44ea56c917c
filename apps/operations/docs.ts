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

const words = (...names: readonly string[]): Partial<Pick<ApiOperation, 'parameters'>> => ({
  parameters: names.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
})

/** What a form does: for who is signed in as an operator, with the token of the form. */
const done = (
  path: string,
  summary: string,
  more: Partial<Pick<ApiOperation, 'answers' | 'problems'>> = {},
): ApiOperation => ({
  ...{ method: 'post', path, summary },
  body: { types: ['application/x-www-form-urlencoded'], schema: { type: 'object' } },
  answers: more.answers ?? { 200: { description: 'what was done', type: 'text/html' } },
  ...(more.problems ? { problems: more.problems } : {}),
})
const refused = {
  400: 'a field is wrong, it was not confirmed, or no reason was given',
  403: 'who is signed in may only look, or the form is not of this page',
}

const onward = (where: string) => ({
  303: { description: 'on', headers: { Location: where } },
})

const selection = ['unit', 'partition', 'offset', 'error', 'tenant', 'since', 'until', 'again']

const place = { type: 'string', pattern: '^\\d{1,15}$' }

/** What is refused is a page, too. */
const refusedOnPages = ({ problems = {}, ...operation }: ApiOperation): ApiOperation => ({
  ...operation,
  hasOwnWords: true,
  answers: {
    ...operation.answers,
    ...Object.fromEntries(
      Object.entries(problems).map(([status, description]) => [
        status,
        { description, type: 'text/html' },
      ]),
    ),
  },
})

const topicDocs: readonly ApiOperation[] = [
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
]

const pages: readonly ApiOperation[] = [
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
  page('/dead-letters/decide', 'What a decision on dead letters would do', {
    ...words('action', ...selection),
    problems: { 400: 'a field is wrong', 503: away },
  }),
  done('/dead-letters/decide', 'Dead letters are sent back, or given up', {
    problems: { ...refused, 503: away },
  }),
  page('/dead-letters/:unit/:partition/:offset', 'A dead letter', {
    problems: { 404: 'no dead letter is at this place', 503: away },
  }),
  page('/parked', 'Keys whose records wait', { problems: { 503: away } }),
  page('/parked/release', 'What would be released', {
    ...words('unit', 'key', 'party'),
    problems: { 400: 'a field is wrong', 503: away },
  }),
  done('/parked/release', 'Parked keys are tried now', { problems: { ...refused, 503: away } }),
  page('/circuits', 'Circuits to outside parties'),
  page('/lag', 'How far each unit is behind, by partition', words('unit')),
  page('/configuration', 'How configurations are, and what runs', { problems: { 503: away } }),
  page('/audit', 'What operators did', { problems: { 503: away } }),
  page('/payments', 'Payments of late, or those that a search finds', {
    ...words('id', 'tenant', 'status', 'since', 'until'),
    answers: onward('the page of the payment with this id'),
    problems: { 400: 'a field is wrong', 503: away },
  }),
  page('/payments/:id', 'One payment: its timeline', {
    problems: { 404: 'no event of such a payment was found', 503: away },
  }),
  {
    ...{ method: 'get', path: '/style.css', summary: 'How the pages look' },
    answers: { 200: { description: 'a style sheet', type: 'text/css' } },
  },
  page('/sign-in', 'Who comes', {
    ...words('to'),
    answers: onward('where who is signed in already wanted to go'),
  }),
  done('/sign-in', 'Signs in', {
    answers: {
      ...onward('where it was wanted'),
      401: {
        description: 'login or password are wrong, or the form was too old',
        type: 'text/html',
      },
      429: { description: 'too many attempts; Retry-After says how long', type: 'text/html' },
    },
    problems: { 403: refused[403] },
  }),
  done('/sign-out', 'Signs out', {
    answers: onward('/sign-in'),
    problems: { 403: refused[403] },
  }),
]

/** What the status app serves: pages for people. */
export const operationsDocs: Api = {
  title: 'status app',
  description:
    'Pages for operators: what needs somebody, and what happened. Programs read /status, /metrics, and the topics themselves.',
  links: [{ path: '/docs/topics', label: 'All topics: who writes them, who reads them, fields' }],
  ids: { unit: { type: 'string' }, topic: { type: 'string' }, partition: place, offset: place },
  operations: [...pages.map(refusedOnPages), ...topicDocs],
}
