import { example, table } from '#apps/platform/api-docs/document-page'
import { type Field, fieldsOf } from '#apps/platform/async-api/data-classes'
import { engineTopics, type EngineTopic, unitsWith } from '#apps/platform/async-api/engine-channels'
import { sampleEvent } from '#apps/platform/async-api/sample-event'
import type { CatalogTopic, Party } from '#apps/platform/async-api/topic-catalog'
import { type Content, html, type Html } from '#apps/platform/html'
import type { Unit } from '#core/processor'
import { type AvroSchema, isArray, isNamed, isUnion } from '#schemas/avro'
import type { TopicKind } from '#schemas/topic'

/** What a kind of topics is. */
const kinds: Readonly<Record<TopicKind, string>> = {
  shared: 'An outside contract: it says who writes, and nothing of it is altered here.',
  events: 'What happened: one writer, many readers.',
  facts: 'What happened, as named writers saw it; one reader decides what it means.',
  commands: 'What is to be done: many writers, one reader.',
  telemetry: 'What was seen beside the work, for people; some of it may be missing.',
  table: 'The newest row of each key, looked up by many.',
  changelog: 'The state of one unit, read back when it starts.',
}

/** All topics, kind by kind. */
export function topicsPage(catalog: readonly CatalogTopic[], units: readonly Unit[]): Html {
  const ofKind = (kind: TopicKind) => catalog.filter(({ topic }) => topic.kind === kind)
  const engine = Object.entries(engineTopics) as readonly (readonly [EngineTopic, string])[]
  return html`<p>
      The whole contract for programs: AsyncAPI 3.0 as <a href="/docs/asyncapi.yaml">YAML</a> or
      <a href="/docs/asyncapi.json">JSON</a>.
      <a href="/docs">What this process serves over HTTP.</a>
    </p>
    ${(Object.keys(kinds) as TopicKind[]).map(
      (kind) =>
        html`<h2>${kind}</h2>
          <p>${kinds[kind]}</p>
          ${table(kind, ['Topic', 'What it is for', 'Written by', 'Read by'], ofKind(kind).map(rowOf))}`,
    )}
    <h2>Topics of each unit</h2>
    ${table(
      'Topics of each unit',
      ['Topic', 'What it is for', 'Units'],
      engine.map(([kind, says]) => [
        html`<code>&lt;unit&gt;.${kind}</code>`,
        says,
        unitsWith(kind, units).join(', '),
      ]),
    )}`
}

const rowOf = ({ topic, schema, writers, readers }: CatalogTopic): readonly Content[] => [
  html`<a href="/docs/topics/${topic.name}"><code>${topic.name}</code></a>`,
  schema.doc,
  namesOf(writers),
  namesOf(readers),
]

const namesOf = (parties: readonly Party[]): string => parties.map(({ name }) => name).join(', ')

/** One topic: what it is for, what is on it, who writes and who reads it, how long it is kept. */
export function topicPage({ topic, schema, partitions, config, ...parties }: CatalogTopic): Html {
  const keyPlace = topic.isKeyOutsideValue ? 'in the key only, not in the value' : 'of the value'
  const facts: readonly (readonly Content[])[] = [
    ['Kind', html`${topic.kind}: ${kinds[topic.kind]}`],
    ['Key', html`<code>${topic.keyMember}</code>, ${keyPlace}`],
    ['Partitions', partitions],
    ['Kept', keptFor(config)],
    ['Schema', html`<code>${topic.schema}</code>, subject <code>${topic.name}-value</code>`],
    [
      'Versions read',
      topic.version && `${topic.majorVersions.join(', ')} (major); written: ${topic.version}`,
    ],
  ]
  return html`<p><a href="/docs/topics">All topics</a></p>
    <p>${schema.doc}</p>
    ${table(
      'The topic',
      ['', ''],
      facts.filter(([, said]) => said !== undefined),
    )}
    <h2>Who writes it</h2>
    ${table('Who writes it', ['Who', 'What it is', 'How'], parties.writers.map(partyRow))}
    <h2>Who reads it</h2>
    ${table('Who reads it', ['Who', 'What it is', 'How'], parties.readers.map(partyRow))}
    <h2>Fields</h2>
    ${table('Fields', ['Field', 'Type', 'About', 'Meaning'], fieldsOf(schema).map(fieldRow))}
    <h2>Example</h2>
    ${example('As plain JSON', sampleEvent(topic))} ${example('The Avro schema', schema)}`
}

const how: Readonly<Record<Party['how'], string>> = {
  input: 'record by record',
  output: 'record by record',
  lookup: 'as a table, whole',
  state: 'as its own state',
}
const words = { unit: 'a unit of the worker', app: 'an app', outside: 'outside' } as const

const partyRow = (party: Party): readonly Content[] => [
  party.name,
  words[party.kind],
  how[party.how],
]

const dayMs = 24 * 3_600_000

function keptFor(config: Readonly<Record<string, string>>): string {
  const days = (name: string) => Math.round(Number(config[name]) / dayMs)
  if (config['cleanup.policy'] === 'compact') {
    const unit = days('delete.retention.ms')
    return `the newest record of each key; that a key was removed, ${unit} day${unit === 1 ? '' : 's'}`
  }
  return config['retention.ms'] === '-1' ? 'without limit' : `${days('retention.ms')} days`
}

const fieldRow = ({ path, type, data, doc, isOptional }: Field): readonly Content[] => [
  html`<code>${path}</code>`,
  `${typeOf(type)}${isOptional ? ', may be absent' : ''}`,
  data === 'none' ? '' : data,
  doc,
]

function typeOf(type: AvroSchema): string {
  if (typeof type === 'string') return type.split('.').at(-1)!
  if (isUnion(type)) return `${typeOf(type[1]!)} or null`
  if (isArray(type)) return `list of ${typeOf(type.items)}`
  if (!isNamed(type)) return type.corrente
  return type.type === 'enum' ? type.symbols.join(', ') : type.name
}
