import { dataClasses } from '#apps/platform/async-api/data-classes'
import { bindingVersion, bindingsOf } from '#apps/platform/async-api/records'
import { sampleEvent } from '#apps/platform/async-api/sample-event'
import { platformPlan } from '#apps/platform/contracts'
import type { Unit } from '#core/processor'
import { schemas } from '#schemas/generated/schemas'
import { parkedTopic, timersTopic } from '#schemas/engine/unit-topics'
import type { AnyTopic } from '#schemas/topic'

/** Topics that the engine keeps for units, one of each for a unit. */
export const engineTopics = {
  dlq: 'Dead letters of a unit: records it cannot handle, their bytes and headers as they were.',
  redrive: 'Dead letters that were sent back to their unit: its second input.',
  parked: 'Records that a unit could not finish yet, in the order they are tried: its own state.',
  timers: 'Records that a unit wants to read later, in the order they are due: its own state.',
} as const
export type EngineTopic = keyof typeof engineTopics
const kinds = Object.keys(engineTopics) as readonly EngineTopic[]

/** The units that have such a topic. */
export const unitsWith = (kind: EngineTopic, units: readonly Unit[]): readonly string[] =>
  units
    .filter((unit) => (kind === 'parked' ? unit.kind === 'task' : kind !== 'timers' || unit.timers))
    .map(({ name }) => name)

const named = '{unit}'

/** A channel for each kind; the unit is a part of its address. */
export const engineChannels = (units: readonly Unit[]) => {
  const plan = platformPlan(units)
  const channelOf = (kind: EngineTopic) => {
    const having = unitsWith(kind, units)
    const { config } = plan.find(({ name }) => name === `${having[0]}.${kind}`)!
    return {
      address: `${named}.${kind}`,
      summary: engineTopics[kind],
      description: 'It has as many partitions as the input of the unit.',
      parameters: { unit: { description: 'Name of the unit', enum: having } },
      messages: { [kind]: { $ref: `#/components/messages/unit.${kind}` } },
      tags: [{ name: 'engine' }],
      bindings: { kafka: bindingsOf(config) },
    }
  }
  return Object.fromEntries(kinds.map((kind) => [`unit.${kind}`, channelOf(kind)]))
}

const letterHeader = (description: string) => ({ type: 'string', description })
const letterHeaders = {
  type: 'object',
  description: 'Those the record had, and why it is here.',
  properties: {
    'dlq.unit': letterHeader('The unit that could not handle it'),
    'dlq.topic': letterHeader('Where it was read'),
    'dlq.partition': letterHeader('Where it was read'),
    'dlq.offset': letterHeader('Where it was read'),
    'dlq.timestamp': letterHeader('When it was written, milliseconds since the epoch'),
    'dlq.error': letterHeader('Why, for programs'),
    'dlq.message': letterHeader('Why, in words; may quote what a record says'),
    'dlq.attempts': letterHeader('How often it was tried; 0 where it cannot be read'),
    'dlq.app-version': letterHeader('Version of the worker'),
    'dlq.left-in-place': letterHeader('Its bytes, where it is too large to be here'),
  },
}

const original = (name: string) => ({
  name,
  contentType: 'application/octet-stream',
  headers: letterHeaders,
  bindings: { kafka: { key: { type: 'string', description: 'As it was' }, bindingVersion } },
  payload: {
    type: 'string',
    format: 'binary',
    description: 'The bytes of the record as they were',
  },
  'x-data-class': { '': 'sensitive' },
})

const stateOf = (topic: AnyTopic) => {
  const schema = schemas[topic.schema]
  return {
    name: `${schema.namespace}.${schema.name}`,
    summary: schema.doc,
    contentType: 'application/vnd.apache.avro',
    bindings: {
      kafka: {
        key: { type: 'string', description: `${topic.keyMember} of the value` },
        bindingVersion,
      },
    },
    payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema },
    examples: [{ name: 'example', payload: sampleEvent(topic) }],
    'x-data-class': dataClasses(schema),
  }
}

/** What is on them. */
export const engineMessages: Readonly<Record<`unit.${EngineTopic}`, { readonly payload: object }>> =
  {
    'unit.dlq': original('dead letter'),
    'unit.redrive': original('redriven record'),
    'unit.parked': stateOf(parkedTopic(named)),
    'unit.timers': stateOf(timersTopic(named)),
  }
