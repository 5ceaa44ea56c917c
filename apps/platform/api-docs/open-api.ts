import {
  type Api,
  type ApiAnswer,
  type ApiBody,
  type ApiOperation,
  type JsonSchema,
  ref,
  type Schemas,
} from '#apps/platform/api-docs/api'
import {
  operationsOfEveryApp,
  plainProblem,
  problemsOfEveryApp,
  schemasOfEveryApp,
} from '#apps/platform/api-docs/every-app'
import { sampleOf } from '#apps/platform/api-docs/sample-of'
import { appVersion } from '#core/version'

/** A document of OpenAPI 3.1, as far as code looks into it. */
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: { readonly schemas: Schemas }
}

interface Content {
  readonly schema?: JsonSchema
  readonly example?: unknown
}

interface Response {
  readonly description: string
  readonly content?: Readonly<Record<string, Content>>
}

export interface DocumentedOperation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly object[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> }
  readonly responses: Readonly<Record<string, Response>>
}

const problemType = 'application/problem+json'
const unauthorised = { 401: 'no bearer token that is believed' }

/** A path of express as OpenAPI has it. */
export const templateOf = (path: string): string => path.replaceAll(/[:*](\w+)/g, '{$1}')

/** All operations of an app, its own first. */
export const operationsOf = ({ operations }: Api): readonly ApiOperation[] => [
  ...operations,
  ...operationsOfEveryApp,
]

/** All schemas that an app's operations refer to. */
export const schemasOf = ({ schemas, problem }: Api): Schemas => ({
  ...schemas,
  ...schemasOfEveryApp,
  Problem: problem ?? plainProblem,
})

/** Problems an operation may be answered with, by status: when. */
export const problemsOf = (
  { token }: Api,
  { isOpen, hasOwnWords, problems }: ApiOperation,
): Readonly<Record<number, string>> => {
  if (hasOwnWords) return {}
  const asked = token === undefined || isOpen ? {} : unauthorised
  return { ...asked, ...problems, ...problemsOfEveryApp }
}

/** What the parts of a path look like, in its order. */
export const idsOf = (api: Api, { path, ids }: ApiOperation) =>
  [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => ({
    ...{ name: name!, in: 'path' as const, required: true },
    schema: ids?.[name!] ?? api.ids?.[name!] ?? { type: 'string', format: 'uuid' },
  }))

/** The document of everything an app serves: OpenAPI 3.1. */
export function openApiOf(api: Api): OpenApi {
  const { title, description, token } = api
  const schemas = schemasOf(api)
  const paths: Record<string, Record<string, DocumentedOperation>> = {}
  for (const operation of operationsOf(api)) {
    const path = templateOf(operation.path)
    paths[path] = { ...paths[path], [operation.method]: documented(api, operation, schemas) }
  }
  const info = { title: `Corrente: ${title}`, version: appVersion, description }
  const bearer = { type: 'http', scheme: 'bearer', description: token }
  const secured = token === undefined ? {} : { securitySchemes: { bearer } }
  return {
    openapi: '3.1.0',
    ...{ info, servers: [{ url: '/', description: 'the process this was fetched from' }] },
    ...(token === undefined ? {} : { security: [{ bearer: [] }] }),
    paths,
    components: { schemas, ...secured },
  }
}

function documented(api: Api, operation: ApiOperation, schemas: Schemas): DocumentedOperation {
  const { method, path, summary, description, tag, isOpen, parameters = [], body } = operation
  const problems = Object.entries(problemsOf(api, operation))
  const answers = Object.entries(operation.answers)
  return {
    ...{ operationId: operationIdOf(method, path), summary },
    ...(description === undefined ? {} : { description }),
    ...(tag === undefined ? {} : { tags: [tag] }),
    ...(isOpen && api.token !== undefined ? { security: [] } : {}),
    parameters: [...idsOf(api, operation), ...parameters],
    ...(body === undefined ? {} : { requestBody: requestBodyOf(body, schemas) }),
    responses: together([
      ...answers.map(([status, answer]) => [status, responseOf(answer, schemas)] as const),
      ...problems.map(([status, when]) => [status, problemOf(when)] as const),
    ]),
  }
}

/** What is answered by status; of two of one status, either. */
function together(responses: readonly (readonly [string, Response])[]): Record<string, Response> {
  const byStatus: Record<string, Response> = {}
  for (const [status, response] of responses) {
    const before = byStatus[status]
    byStatus[status] = before
      ? {
          ...before,
          description: `${before.description}; or: ${response.description}`,
          content: { ...before.content, ...response.content },
        }
      : response
  }
  return byStatus
}

/** `get /exports/:id` is `get-exports-id`: names that generated clients call operations by. */
export const operationIdOf = (method: string, path: string): string =>
  [method, ...path.split(/[/:*.]+/).filter((part) => part !== '')].join('-')

const requestBodyOf = (
  { types = ['application/json'], schema, example }: ApiBody,
  schemas: Schemas,
) => {
  const content = { schema, example: example ?? sampleOf(schema, schemas) }
  return { required: true, content: Object.fromEntries(types.map((type) => [type, content])) }
}

function responseOf(
  { description, type, schema, example, headers }: ApiAnswer,
  schemas: Schemas,
): Response {
  const named = Object.entries(headers ?? {}).map(([name, says]) => [
    name,
    { description: says, schema: { type: 'string' } },
  ])
  const shown = schema && { schema, example: example ?? sampleOf(schema, schemas) }
  const content = { [type ?? 'application/json']: shown ?? {} }
  return {
    description,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) as object }),
    ...(type === undefined && schema === undefined ? {} : { content }),
  }
}

const problemOf = (description: string) => ({
  description,
  content: { [problemType]: { schema: ref('Problem') } },
})
