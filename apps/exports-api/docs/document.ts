import { type Operation, operations } from '#apps/exports-api/docs/operations'
import { type SchemaRef, schemas } from '#apps/exports-api/docs/schemas'
import { appVersion } from '#core/version'

const ref = (name: SchemaRef) => ({ $ref: `#/components/schemas/${name}` })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

function answerOf({ answer: { description, body } }: Operation) {
  const content = body
    ? { 'application/json': { schema: ref(body) } }
    : { 'text/event-stream': { schema: { type: 'string' } } }
  return { description, content }
}

function operationOf(operation: Operation) {
  const { path, summary, parameters = [], isAsking, answer, problems } = operation
  const ids = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string', format: 'uuid' },
  }))
  const asked = { content: { 'application/json': { schema: ref('Wanted') } } }
  return {
    summary,
    parameters: [...ids, ...parameters],
    ...(isAsking ? { requestBody: { required: true, ...asked } } : {}),
    responses: {
      [answer.status]: answerOf(operation),
      401: problem('no bearer token of this service'),
      503: problem('something it needs is away: Retry-After says when to ask again'),
      ...Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [status, problem(description)]),
      ),
    },
  }
}

/** The document of everything that can be asked: OpenAPI 3.1. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: operationOf(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Corrente: exports',
      version: appVersion,
      description:
        'Movements of a batch as one CSV, or as an archive of one document each. What is answered 202 is on the log, and is done though this service, or any other part, is restarted.',
    },
    security: [{ bearer: [] }],
    paths,
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  }
}
