import { topicParties } from '#apps/platform/async-api/topic-parties'
import { allTopics, platformPlan } from '#apps/platform/contracts'
import { edges } from '#apps/platform/edges'
import type { Unit } from '#core/processor'
import { changelogsOf, writtenTopicsOf } from '#core/unit-topics'
import type { RecordSchema } from '#schemas/avro'
import { schemas } from '#schemas/generated/schemas'
import type { AnyTopic } from '#schemas/topic'

/** A program that touches a topic: a unit (its consumer group has its name), an app, or a party outside. */
export interface Party {
  readonly name: string
  readonly kind: 'unit' | 'app' | 'outside'
  /** `state`: its own, read back at a restart. `lookup`: a table read whole by each process. */
  readonly how: 'input' | 'output' | 'lookup' | 'state'
}

/** A topic with everything that is declared of it. */
export interface CatalogTopic {
  readonly topic: AnyTopic
  readonly schema: RecordSchema
  readonly partitions: number
  /** As the broker should have it. */
  readonly config: Readonly<Record<string, string>>
  readonly writers: readonly Party[]
  readonly readers: readonly Party[]
}

const party =
  (kind: Party['kind'], how: Party['how']) =>
  ({ name }: { readonly name: string }): Party => ({ name, kind, how })

const has = (topics: readonly AnyTopic[], { name }: AnyTopic) =>
  topics.some((one) => one.name === name)

/** Every declared topic, by name, with who writes it and who reads it. */
export function topicCatalog(units: readonly Unit[]): readonly CatalogTopic[] {
  const plan = new Map(platformPlan(units).map((planned) => [planned.name, planned]))
  const partitionsOf = (name: string): number => {
    const { partitions } = plan.get(name)!
    // State has as many as the input it belongs to.
    return typeof partitions === 'number' ? partitions : partitionsOf(partitions.as)
  }
  return allTopics
    .map((topic) => ({
      topic,
      schema: schemas[topic.schema],
      partitions: partitionsOf(topic.name),
      config: plan.get(topic.name)!.config,
      writers: writersOf(topic, units),
      readers: readersOf(topic, units),
    }))
    .sort((one, other) => (one.topic.name < other.topic.name ? -1 : 1))
}

function writersOf(topic: AnyTopic, units: readonly Unit[]): readonly Party[] {
  const states = units.filter((unit) => has(changelogsOf(unit), topic))
  const writing = units.filter(
    (unit) => has(writtenTopicsOf(unit), topic) && !has(changelogsOf(unit), topic),
  )
  return [
    ...writing.map(party('unit', 'output')),
    ...states.map(party('unit', 'state')),
    ...edges.filter(({ outputs }) => has(outputs, topic)).map(party('app', 'output')),
    ...(topicParties[topic.name]?.writers ?? []),
  ]
}

function readersOf(topic: AnyTopic, units: readonly Unit[]): readonly Party[] {
  const looking = ({ lookups = {} }: { readonly lookups?: Readonly<Record<string, AnyTopic>> }) =>
    has(Object.values(lookups), topic)
  return [
    ...units.filter(({ input }) => input.name === topic.name).map(party('unit', 'input')),
    ...units.filter((unit) => has(changelogsOf(unit), topic)).map(party('unit', 'state')),
    ...units.filter(looking).map(party('unit', 'lookup')),
    ...edges.filter(({ inputs = [] }) => has(inputs, topic)).map(party('app', 'input')),
    ...edges.filter(looking).map(party('app', 'lookup')),
    ...(topicParties[topic.name]?.readers ?? []),
  ]
}
