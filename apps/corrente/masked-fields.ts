import { allTopics } from '#apps/platform/contracts'
import { deadLetterTopic } from '#core/dead-letter'
import type { Unit } from '#core/processor'
import { engineTopicsOf } from '#core/unit-topics'
import { type AvroSchema, isArray, isNamed, isUnion, type RecordSchema } from '#schemas/avro'
import { codecOf } from '#schemas/codec'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** Fields of the values of some topics that are not to be shown. */
export interface MaskedFields {
  readonly topics: readonly string[]
  /** By name, however deep they lie. */
  readonly fields: readonly string[]
}

/**
 * What tells of persons or lets somebody in, by the data classes of the schemas: of every topic, and of those in which a
 * unit's input lies again (dead letters, redrives). Topics with the same fields are told together, in order of their names.
 */
export function maskedFields(units: readonly Unit[]): readonly MaskedFields[] {
  const own = [...allTopics, ...units.flatMap(engineTopicsOf)]
  const named = own.map(({ name, schema }) => ({ name, schema }))
  const repeated = units.flatMap(({ name, input: { schema } }) =>
    [deadLetterTopic(name), redriveTopic(name)].map((topic) => ({ name: topic, schema })),
  )
  const topicsByFields = new Map<string, string[]>()
  for (const { name, schema } of [...named, ...repeated]) {
    const fields = classifiedIn(codecOf(schema).schema).join(' ')
    if (fields !== '') topicsByFields.set(fields, [...(topicsByFields.get(fields) ?? []), name])
  }
  return [...topicsByFields]
    .map(([fields, topics]) => ({ topics: topics.sort(), fields: fields.split(' ') }))
    .sort((one, other) => (one.topics[0]! < other.topics[0]! ? -1 : 1))
}

function classifiedIn(schema: RecordSchema): readonly string[] {
  const found = new Set<string>()
  const visit = (type: AvroSchema): void => {
    if (isUnion(type)) type.forEach(visit)
    else if (isArray(type)) visit(type.items)
    else if (isNamed(type) && type.type === 'record') {
      for (const field of type.fields) {
        if (field.data === 'none') visit(field.type)
        else found.add(field.name)
      }
    }
  }
  visit(schema)
  return [...found].sort()
}
