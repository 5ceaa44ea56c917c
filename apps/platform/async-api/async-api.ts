import { dataClasses } from '#apps/platform/async-api/data-classes'
import { engineChannels, engineMessages } from '#apps/platform/async-api/engine-channels'
import { sampleEvent } from '#apps/platform/async-api/sample-event'
import { type CatalogTopic, type Party, topicCatalog } from '#apps/platform/async-api/topic-catalog'
import {
  bindingVersion,
  bindingsOf,
  headersSchema,
  sampleHeaders,
} from '#apps/platform/async-api/records'
import type { Unit } from '#core/processor'
import { appVersion } from '#core/version'

/** A document of AsyncAPI 3.0, as far as code looks into it. */
export interface AsyncApi {
  readonly asyncapi: '3.0.0'
  readonly channels: Readonly<Record<string, object>>
  readonly operations: Readonly<Record<string, object>>
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload?: object }>>
  }
}

const description = [
  'All topics of the platform, what is on them, who writes and who reads them.',
  'A value is Avro behind a magic byte 0 and the four bytes of its schema id (subject <topic>-value), or plain JSON where the installation says so; the first byte tells. Examples are the plain JSON.',
  'Partitions are chosen by murmur2 of the key. Readers must read committed records only (isolation.level=read_committed).',
  'A channel whose kind is shared is an outside contract; others may be read by anybody with the right to, and written by those that are named.',
  'x-data-class says whom a field is about (personal, sensitive, secret); one that is not listed is about nobody.',
].join('\n\n')

const server = {
  host: '{brokers}',
  protocol: 'kafka',
  description: 'The brokers of the installation, as KAFKA_BROKERS names them.',
  variables: { brokers: { description: 'host:port, and others behind commas' } },
  bindings: { kafka: { schemaRegistryVendor: 'confluent', bindingVersion } },
}

/** The document of every topic: AsyncAPI 3.0, the same text for the same declarations. */
export function asyncApi(units: readonly Unit[]): AsyncApi {
  const catalog = topicCatalog(units)
  const byName = <Value>(valueOf: (topic: CatalogTopic) => Value) =>
    Object.fromEntries(catalog.map((one) => [one.topic.name, valueOf(one)]))
  return {
    asyncapi: '3.0.0',
    ...{ info: { title: 'Corrente: topics', version: appVersion, description } },
    ...{ defaultContentType: 'application/vnd.apache.avro', servers: { kafka: server } },
    channels: { ...byName(channelOf), ...engineChannels(units) },
    operations: Object.fromEntries(catalog.flatMap(operationsOf)),
    components: {
      messages: { ...byName(messageOf), ...engineMessages },
      ...{ schemas: { headers: headersSchema } },
    },
  }
}

const channelOf = ({ topic, schema, partitions, config }: CatalogTopic) => ({
  address: topic.name,
  summary: schema.doc,
  messages: { [schema.name]: { $ref: `#/components/messages/${topic.name}` } },
  tags: [{ name: topic.kind }],
  bindings: { kafka: bindingsOf(config, partitions) },
})

function messageOf({ topic, schema }: CatalogTopic) {
  const key = topic.isKeyOutsideValue
    ? `${topic.keyMember}: in the key only`
    : `${topic.keyMember} of the value`
  return {
    name: `${schema.namespace}.${schema.name}`,
    summary: schema.doc,
    contentType: 'application/vnd.apache.avro',
    headers: { $ref: '#/components/schemas/headers' },
    correlationId: { location: '$message.header#/correlation-id' },
    bindings: {
      kafka: {
        key: { type: 'string', description: key },
        schemaIdLocation: 'payload',
        schemaIdPayloadEncoding: 'confluent',
        schemaLookupStrategy: 'TopicNameStrategy',
        bindingVersion,
      },
    },
    payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema },
    examples: [{ name: 'example', headers: sampleHeaders, payload: sampleEvent(topic) }],
    'x-data-class': dataClasses(schema),
  }
}

function operationsOf({ topic, schema, writers, readers }: CatalogTopic) {
  const of = (action: 'send' | 'receive') => (party: Party) => {
    const word = action === 'send' ? 'writes' : howRead[party.how]
    const operation = {
      action,
      channel: { $ref: `#/channels/${topic.name}` },
      summary: `${party.name} ${word} ${topic.name}`,
      tags: [{ name: party.name }, { name: party.kind }],
      ...(party.kind === 'unit' && party.how === 'input' ? { bindings: groupOf(party.name) } : {}),
      messages: [{ $ref: `#/channels/${topic.name}/messages/${schema.name}` }],
    }
    return [operationName(party, action, topic.name), operation] as const
  }
  return [...writers.map(of('send')), ...readers.map(of('receive'))]
}

const howRead: Readonly<Record<Party['how'], string>> = {
  input: 'reads',
  output: 'reads',
  lookup: 'looks things up in',
  state: 'reads back its own state from',
}

const operationName = ({ name, how }: Party, action: string, topic: string): string =>
  [name.replaceAll(' ', '-'), how === 'lookup' ? 'lookup' : action, topic].join('.')

const groupOf = (unit: string) => ({
  kafka: { groupId: { type: 'string', const: unit }, bindingVersion },
})
