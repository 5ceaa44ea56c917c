import { type Api, type ApiAnswer, type ApiOperation, text } from '#apps/platform/api-docs/api'

const refused = (description: string): ApiAnswer => ({
  description,
  schema: { $ref: '#/components/schemas/KsqlError' },
})
const object = (description: string): ApiAnswer => ({
  description,
  schema: {
    type: 'object',
    description: "As ksqlDB's reference has it",
    additionalProperties: true,
  },
})

const unreadable = { 406: { description: 'none of the media types that are asked for' } }
const refusals = {
  400: refused('a statement that is none, or is not understood here'),
  500: refused('it broke, or took too long'),
  503: refused('the stand-in is starting'),
}

const about = (
  path: string,
  summary: string,
  answers: Readonly<Record<number, ApiAnswer>> = { 200: object('an answer') },
): ApiOperation => ({
  ...{ method: 'get', path, summary, hasOwnWords: true },
  answers: { ...answers, ...unreadable, 503: refusals[503] },
})

const asked = (
  path: string,
  summary: string,
  member: 'ksql' | 'sql',
  answers: Readonly<Record<number, ApiAnswer>>,
): ApiOperation => ({
  ...{ method: 'post', path, summary, hasOwnWords: true },
  body: {
    types: ['application/json', 'application/vnd.ksql.v1+json'],
    schema: { type: 'object', required: [member], properties: { [member]: text('Statements') } },
    example: { [member]: member === 'ksql' ? 'SHOW TABLES;' : 'SELECT * FROM open_payments;' },
  },
  answers: { ...answers, ...unreadable, ...refusals },
})

const rows = { 200: { description: 'rows, a line or an item each', type: '*/*' } }

/** What the stand-in serves, in the words of ksqlDB. */
export const ksqlStandinDocs: Api = {
  title: 'stand-in for ksqlDB',
  description:
    "A part of ksqlDB's API over Postgres, for clients of ksqlDB; what its bodies mean is said in ksqlDB's own reference. Answers come in the media types of ksqlDB, over HTTP/1.1 and HTTP/2.",
  ids: { id: { type: 'string' }, name: { type: 'string' } },
  schemas: {
    KsqlError: {
      type: 'object',
      required: ['@type', 'error_code', 'message'],
      properties: {
        '@type': text('Of the error', { enum: ['generic_error', 'statement_error'] }),
        error_code: { type: 'integer', description: 'The status, and two digits' },
        message: text('Why'),
        statementText: text('The statement it is about'),
        entities: { type: 'array', items: {}, description: 'Always empty' },
      },
    },
  },
  operations: [
    asked('/ksql', 'Run statements', 'ksql', {
      200: {
        description: 'what came of each',
        schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
      },
    }),
    asked('/query', 'A pull query, as ksqlDB first answered it', 'ksql', rows),
    asked('/query-stream', 'A pull query', 'sql', rows),
    about('/', 'On to /info', {
      307: { description: 'to /info', headers: { Location: '/info' } },
    }),
    about('/info', 'Which release it stands for, and that it is a stand-in'),
    about('/healthcheck', 'Whether it is well, as ksqlDB says it'),
    about('/clusterStatus', 'Nothing: no heartbeats are sent', {
      404: { description: 'as of a server without heartbeats', type: 'application/json' },
    }),
    about('/status/:id', 'What came of a statement', {
      200: object('what came of it'),
      404: refused('no such statement'),
    }),
    about('/is_valid_property/:name', 'Whether a property may be set', {
      200: { description: 'it may', schema: { const: true } },
      400: refused('it may not'),
    }),
    about('/v1/metadata', 'The release and the cluster'),
    about('/v1/metadata/id', 'The cluster'),
    about('/chc/live', 'Whether it lives'),
    about('/chc/ready', 'Whether it is ready'),
  ],
}
