import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Express } from 'express'
import type { OpenApi } from '#apps/platform/api-docs/open-api'
import { templateOf } from '#apps/platform/api-docs/open-api'

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> }
}

const isMethod = (name: string) => ['get', 'post', 'put', 'patch', 'delete'].includes(name)

/** Every method of every path that an app has really registered, `get /exports/{id}`, in alphabetical order. */
export const servedRoutes = (app: Express): readonly string[] =>
  (app.router as unknown as { readonly stack: readonly Layer[] }).stack
    .flatMap(({ route }) =>
      route
        ? Object.keys(route.methods)
            .filter(isMethod)
            .map((method) => `${method} ${templateOf(route.path)}`)
        : [],
    )
    .sort()

/** The same of a document. */
export const documentedRoutes = ({ paths }: OpenApi): readonly string[] =>
  Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .sort()

/** A document whose objects have the members it names and no others, unless it says otherwise. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    const items: readonly unknown[] = schema
    return items.map(closed)
  }
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.entries(schema).map(([name, value]: [string, unknown]) => [
    name,
    name === 'example' || name === 'examples' ? value : closed(value),
  ])
  const { type, properties } = schema as { type?: unknown; properties?: unknown }
  const isObject = [type].flat().includes('object') && properties !== undefined
  return { ...(isObject ? { additionalProperties: false } : {}), ...Object.fromEntries(members) }
}

const step = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1')

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const validator = new Validator()
const kept = new Map<string, Contract>()

/** What real requests and answers are held against. */
export function contractOf(document: OpenApi): Contract {
  const text = JSON.stringify(document)
  const made = kept.get(text) ?? newContract(document, `document-${kept.size}`)
  kept.set(text, made)
  return made
}

interface Contract {
  /** Why an answer is none that is documented; nothing where it is one. Its body is read of a copy. */
  faultsOf(method: string, url: string, answer: Response): Promise<readonly string[]>
  /** Examples of bodies and answers that are none of their own schema. */
  exampleFaults(): readonly string[]
}

function newContract(document: OpenApi, id: string): Contract {
  ajv.addSchema(closed(document) as object, id)
  const faultsAt = (steps: readonly string[], value: unknown): readonly string[] => {
    const place = encodeURI(['', ...steps.map(step)].join('/'))
    const validate = ajv.getSchema(`${id}#${place}`)
    if (!validate) return [`no schema is at ${place}`]
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(' '),
    )
  }
  const templates = Object.keys(document.paths).map((template) => ({
    template,
    shape: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  const templateAt = (path: string) =>
    templates.find(({ template, shape }) => template === path || shape.test(path))?.template

  async function faultsOf(
    method: string,
    url: string,
    answer: Response,
  ): Promise<readonly string[]> {
    const template = templateAt(url.replace(/\?.*$/, ''))
    if (template === undefined) return answer.status === 404 ? [] : [`${url} is not documented`]
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) return notServed(method, answer)
    const told = operation.responses[String(answer.status)]
    const at = `${method} ${template} ${answer.status}`
    if (!told) return [`${at} is not documented`]
    const types = Object.keys(told.content ?? {})
    const type = answer.headers.get('content-type')?.replace(/;.*$/, '')
    // What is said in the body of a redirect is for whoever does not follow it.
    const isRedirect = answer.status >= 300 && answer.status < 400
    if (types.length === 0 && (type === undefined || isRedirect)) return []
    if (type === undefined || !types.includes(type))
      return [`${at} is ${type}, not ${types.join()}`]
    if (!/[/+]json$/.test(type) || !told.content?.[type]?.schema) return []
    const steps = ['paths', template, method.toLowerCase(), 'responses', String(answer.status)]
    const body: unknown = await answer.clone().json()
    return faultsAt([...steps, 'content', type, 'schema'], body).map((fault) => `${at}: ${fault}`)
  }

  return { faultsOf, exampleFaults: () => exampleFaults(document, faultsAt) }
}

/** Every example of a document, held against the schema that stands beside it. */
const exampleFaults = (
  { paths }: OpenApi,
  faultsAt: (steps: readonly string[], value: unknown) => readonly string[],
): readonly string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, responses }]) =>
      [
        { steps: ['requestBody'], content: requestBody?.content },
        ...Object.entries(responses).map(([status, { content }]) => ({
          steps: ['responses', status],
          content,
        })),
      ].flatMap(({ steps, content = {} }) =>
        Object.entries(content)
          .filter(([, { example }]) => example !== undefined)
          .flatMap(([type, { example }]) =>
            faultsAt(['paths', path, method, ...steps, 'content', type, 'schema'], example).map(
              (fault) => `${method} ${path} ${steps.join(' ')}: ${fault}`,
            ),
          ),
      ),
    ),
  )

/** What is documented at a path is served there alone; HEAD is served where express does so by itself. */
const notServed = (method: string, { status }: Response): readonly string[] =>
  [405, 404].includes(status) || ['HEAD', 'OPTIONS'].includes(method.toUpperCase())
    ? []
    : [`${method} was answered ${status}, and is not documented`]

/** Why a document is none of OpenAPI 3.1 as its official schema has it, or has examples that are none; nothing where all is well. */
export async function documentFaults(document: OpenApi): Promise<readonly unknown[]> {
  const { valid, errors = [] } = await validator.validate({ ...document })
  const dangling = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)]
    .map(([, name]) => name!)
    .filter((name) => !(name in document.components.schemas))
  const faults = [errors].flat().map((error) => JSON.stringify(error))
  return [...(valid ? [] : faults), ...dangling, ...contractOf(document).exampleFaults()]
}

/** Throws where an answer is none that is documented: what an example app answers, every test of it holds to its contract. */
export function keepingTo(document: OpenApi) {
  const { faultsOf } = contractOf(document)
  return async (
    path: string,
    init: RequestInit | undefined,
    answer: Response,
  ): Promise<Response> => {
    const faults = await faultsOf(init?.method ?? 'GET', path, answer)
    if (faults.length > 0) throw new Error(`not as documented: ${faults.join('\n')}`)
    return answer
  }
}
