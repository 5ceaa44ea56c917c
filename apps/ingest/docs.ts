import { type Api, answered, count, text } from '#apps/platform/api-docs/api'
import { plainProblem } from '#apps/platform/api-docs/every-app'
import { plainJsonSchema } from '#apps/platform/async-api/plain-json-schema'
import { sampleEvent } from '#apps/platform/async-api/sample-event'
import { schemas } from '#schemas/generated/schemas'
import type { AnyTopic } from '#schemas/topic'

const schemaNameOf = ({ schema }: AnyTopic): string => schema.split('.').at(-1)!

/** What ingest serves where these topics are open. */
export const ingestDocs = (topics: readonly AnyTopic[]): Api => ({
  title: 'ingest',
  description:
    'Takes events of others over HTTP, as the plain JSON of their topic, and answers once they are on the log.',
  token: 'a token of this service',
  schemas: {
    ...Object.fromEntries(
      topics.map((topic) => [schemaNameOf(topic), plainJsonSchema(schemas[topic.schema])]),
    ),
    Place: answered({
      topic: text('Where it is'),
      partition: count('In the topic'),
      offset: count('In the partition'),
    }),
  },
  ids: { topic: { type: 'string', enum: topics.map(({ name }) => name) } },
  problem: answered(
    {
      ...plainProblem.properties,
      reason: text('What is wrong with the member that `pointer` names'),
    },
    { optional: ['code', 'pointer', 'reason'], description: 'RFC 9457' },
  ),
  operations: [
    {
      method: 'post',
      path: '/:topic',
      summary: 'Write an event to a topic',
      description: `An event is the plain JSON of its topic: ${topics
        .map((topic) => `${topic.name} takes ${schemaNameOf(topic)}`)
        .join(
          ', ',
        )}. Known deviations of older writers are mended before it is checked; members the schema does not know are dropped. Sent again after a 503, an event may be there twice; its event_id is the same.`,
      body: {
        schema: {
          anyOf: topics.map((topic) => ({
            $ref: `#/components/schemas/${schemaNameOf(topic)}`,
          })),
        },
        ...(topics[0] ? { example: sampleEvent(topics[0]) } : {}),
      },
      answers: {
        202: {
          description: 'Kafka has it',
          schema: { $ref: '#/components/schemas/Place' },
        },
      },
      problems: {
        400: 'no JSON',
        403: 'a topic nothing can be sent to',
        413: 'more than 512 kB',
        415: 'not application/json',
        422: 'no such event: pointer and reason say why',
        503: 'Kafka has not acknowledged it: Retry-After says when to send it again',
      },
    },
  ],
})
