import type { z } from 'zod'
import { plurals } from '#apps/payment-proxy/configuration/answers'
import { formSchema } from '#apps/payment-proxy/docs/form-schema'
import { type ApiOperation, count, type JsonSchema, ref, text } from '#apps/platform/api-docs/api'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { wholeForm } from '#streams/payments/validate-configuration'

const levels = ['TENANT', 'SERVICE'] as const
const words = { TENANT: 'public body', SERVICE: 'digital service' } as const

/** `external-page`, SERVICE: `ExternalPageService`. */
export const formNameOf = (connector: string, level: ConfigurationLevel): string =>
  [...connector.split('-'), level.toLowerCase()]
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

const active = {
  type: 'boolean',
  default: true,
  description: 'Whether payments are taken with it',
}

/** The forms of a connector, as they are given and as they are shown. */
export const configurationSchemas = (
  connector: IntermediaryConnector,
): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    levels.flatMap((level) => {
      const form = wholeForm(connector, level)
      if (!form) return []
      const name = formNameOf(connector.name, level)
      return [
        [name, given(form)],
        [`${name}Shown`, shown(form)],
      ]
    }),
  )

function given(form: z.ZodObject): JsonSchema {
  const schema = formSchema(form)
  const required = schema['required'] as readonly string[]
  return {
    ...schema,
    // It is in the path, or made.
    required: required.filter((name) => name !== 'id'),
    properties: { ...(schema['properties'] as object), active },
  }
}

function shown(form: z.ZodObject): JsonSchema {
  const { additionalProperties: _, properties, ...schema } = formSchema(form)
  return {
    ...schema,
    description: 'As it is kept; secrets are masked',
    required: ['id', 'active'],
    properties: { ...(properties as object), active },
  }
}

const ofConfiguration = {
  400: 'no JSON, the id is no UUID, or offset or limit is no number',
  404: 'it was never configured',
  503: 'the tables are not up to date, or Kafka did not acknowledge: Retry-After says when to try again',
}
const ofOrigin = {
  403: 'the token speaks for another public body, or a page of this origin may not ask',
}
const ofBody = { 413: 'more than 256 kB', 415: 'not application/json' }
const ofChange = {
  ...ofConfiguration,
  ...ofOrigin,
  409: 'it is configured with another intermediary',
  412: 'it is at another version than If-Match says',
  422: 'errors names each member that is wrong',
  504: 'it was not taken in time: read it again',
}
const { 412: _, ...ofCreation } = {
  ...ofChange,
  ...ofBody,
  409: 'it is configured already, here or with another intermediary',
}
const etag = { ETag: 'Its version: to be sent as If-Match with a change' }
const preconditions = ['If-Match', 'If-None-Match'].map((name) => ({
  name,
  in: 'header' as const,
  schema: text('Of the version it is about', { examples: ['"3"'] }),
}))

/** What a connector serves of its configurations. */
export const configurationOperations = (
  connector: IntermediaryConnector,
): readonly ApiOperation[] => [
  ...levels.flatMap((level) => (wholeForm(connector, level) ? ofLevel(connector.name, level) : [])),
  {
    ...{ method: 'post', path: `/${connector.name}/check-payment`, tag: connector.name },
    summary: 'Try a configuration out, step by step: nothing is opened, nothing is written',
    body: { schema: ref('CheckWanted') },
    answers: { 200: { description: 'how each step went', schema: ref('Check') } },
    problems: {
      ...{ ...ofOrigin, ...ofBody, 503: ofConfiguration[503] },
      ...{ 400: 'no JSON', 422: 'an id is no UUID' },
    },
  },
  {
    ...{ method: 'post', path: `/${connector.name}/retry/:id`, tag: connector.name },
    summary: 'Ask that a failed creation is tried again',
    answers: { 202: { description: 'asked for, as often as it is asked', schema: ref('Retried') } },
    problems: {
      ...{ ...ofOrigin, 400: 'the id is no UUID', 503: ofConfiguration[503] },
      404: 'no payment of this id is served here',
      409: 'its creation has not failed',
    },
  },
]

function ofLevel(name: string, level: ConfigurationLevel): readonly ApiOperation[] {
  const at = `/${name}/${plurals[level]}`
  const form = formNameOf(name, level)
  const word = words[level]
  const body = { schema: ref(form) }
  const told = (description: string) => ({
    description,
    schema: ref(`${form}Shown`),
    headers: etag,
  })
  const created = { ...told('made'), headers: { ...etag, Location: 'where it is' } }
  const one = { path: `${at}/:id`, tag: name }
  const ofOne = { ...one, problems: { ...ofChange, ...ofBody }, parameters: preconditions }
  return [
    {
      ...{ method: 'get', path: `${at}/schema`, tag: name, isOpen: true },
      summary: `The form of a ${word}, to be filled in`,
      answers: { 200: { description: 'of Form.io', schema: ref('Form') } },
      problems: { 503: ofConfiguration[503] },
    },
    {
      ...{ method: 'post', path: at, tag: name, body },
      summary: `Configure a ${word}; an id is made where none is given`,
      answers: { 201: created },
      problems: ofCreation,
    },
    {
      ...{ method: 'get', path: `${at}/:id/history`, tag: name, isOpen: true },
      summary: 'The versions a configuration had, the newest first',
      parameters: [
        { name: 'offset', in: 'query', schema: count('So many are left out') },
        { name: 'limit', in: 'query', schema: { ...count('So many at most'), maximum: 1_000 } },
      ],
      answers: { 200: { description: 'its versions', schema: ref('History') } },
      problems: ofConfiguration,
    },
    {
      ...{ ...one, method: 'get', isOpen: true },
      summary: 'The configuration as it is, secrets masked',
      answers: { 200: told('as it is') },
      problems: ofConfiguration,
    },
    {
      ...{ ...ofOne, method: 'put', body },
      summary: `Configure a ${word}: what is there is replaced; a secret that is left out stays`,
      answers: { 200: told('as it is now'), 201: created },
    },
    {
      ...{ ...ofOne, method: 'patch' },
      summary: 'Change members of it, as RFC 7396 has it: null takes one away',
      body: {
        types: ['application/merge-patch+json', 'application/json'],
        schema: { type: 'object', description: `Members of ${form}, each as there or null` },
        example: { active: false },
      },
      answers: { 200: told('as it is now') },
    },
    {
      ...{ ...ofOne, method: 'delete', problems: ofChange },
      summary: 'Take no more payments with it; what is there is kept',
      answers: { 204: { description: 'none are taken', headers: etag } },
    },
  ]
}
