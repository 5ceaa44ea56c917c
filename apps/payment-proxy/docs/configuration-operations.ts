import { plurals } from '#apps/payment-proxy/configuration/answers'
import { formNameOf, levels } from '#apps/payment-proxy/docs/configuration-schemas'
import { type ApiAnswer, type ApiOperation, count, ref, text } from '#apps/platform/api-docs/api'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { wholeForm } from '#streams/payments/validate-configuration'

const words = { TENANT: 'public body', SERVICE: 'digital service' } as const

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
  const form = formNameOf(name, level)
  const told = (description: string): ApiAnswer => ({
    description,
    schema: ref(`${form}Shown`),
    headers: etag,
  })
  const created = { ...told('made'), headers: { ...etag, Location: 'where it is' } }
  const at = `/${name}/${plurals[level]}`
  const asked = { at, form, word: words[level], tag: name, told, created }
  return [...aroundConfigurations(asked), ...ofConfigurations(asked)]
}

interface Asked {
  readonly at: string
  readonly form: string
  readonly word: string
  readonly tag: string
  readonly told: (description: string) => ApiAnswer
  readonly created: ApiAnswer
}

const aroundConfigurations = ({ at, form, word, tag, created }: Asked): readonly ApiOperation[] => [
  {
    ...{ method: 'get', path: `${at}/schema`, tag, isOpen: true },
    summary: `The form of a ${word}, to be filled in`,
    answers: { 200: { description: 'of Form.io', schema: ref('Form') } },
    problems: { 503: ofConfiguration[503] },
  },
  {
    ...{ method: 'post', path: at, tag, body: { schema: ref(form) } },
    summary: `Configure a ${word}; an id is made where none is given`,
    answers: { 201: created },
    problems: ofCreation,
  },
  {
    ...{ method: 'get', path: `${at}/:id/history`, tag, isOpen: true },
    summary: 'The versions a configuration had, the newest first',
    parameters: [
      { name: 'offset', in: 'query', schema: count('So many are left out') },
      { name: 'limit', in: 'query', schema: { ...count('So many at most'), maximum: 1_000 } },
    ],
    answers: { 200: { description: 'its versions', schema: ref('History') } },
    problems: ofConfiguration,
  },
]

function ofConfigurations({ at, form, word, tag, told, created }: Asked): readonly ApiOperation[] {
  const one = { path: `${at}/:id`, tag }
  const changed = { ...one, problems: { ...ofChange, ...ofBody }, parameters: preconditions }
  return [
    {
      ...{ ...one, method: 'get', isOpen: true },
      summary: 'The configuration as it is, secrets masked',
      answers: { 200: told('as it is') },
      problems: ofConfiguration,
    },
    {
      ...{ ...changed, method: 'put', body: { schema: ref(form) } },
      summary: `Configure a ${word}: what is there is replaced; a secret that is left out stays`,
      answers: { 200: told('as it is now'), 201: created },
    },
    {
      ...{ ...changed, method: 'patch' },
      summary: 'Change members of it, as RFC 7396 has it: null takes one away',
      body: {
        types: ['application/merge-patch+json', 'application/json'],
        schema: { type: 'object', description: `Members of ${form}, each as there or null` },
        example: { active: false },
      },
      answers: { 200: told('as it is now') },
    },
    {
      ...{ ...changed, method: 'delete', problems: ofChange },
      summary: 'Take no more payments with it; what is there is kept',
      answers: { 204: { description: 'none are taken', headers: etag } },
    },
  ]
}
