import { valueTypes } from '#apps/platform/async-api/plain-json-schema'
import { type AvroSchema, isArray, isNamed, isUnion, type RecordSchema } from '#schemas/avro'
import { schemas } from '#schemas/generated/schemas'
import type { AnyTopic } from '#schemas/topic'
import { discriminatorOf, variantBlocksOf } from '#schemas/variants'

const primitives: Readonly<Record<string, unknown>> = {
  boolean: true,
  int: 1,
  long: 1,
  double: 1.5,
  string: 'text',
}

type Names = Map<string, unknown>

/** A made-up value of a topic as plain JSON, the same each time: every member is there, of variants the first one. */
export function sampleEvent(topic: AnyTopic): unknown {
  const event = sampleOf(schemas[topic.schema], new Map()) as Readonly<Record<string, unknown>>
  // Versions of others are not read.
  return topic.version === undefined || !('event_version' in event)
    ? event
    : { ...event, event_version: topic.version }
}

function sampleOf(schema: AvroSchema, names: Names): unknown {
  if (typeof schema === 'string') return primitives[schema] ?? names.get(schema.split('.').at(-1)!)
  if (isUnion(schema)) return sampleOf(schema[1]!, names)
  if (isArray(schema)) return [sampleOf(schema.items, names)]
  if (!isNamed(schema)) return valueTypes[schema.corrente].examples[0]
  const made = schema.type === 'enum' ? schema.symbols[0] : recordOf(schema, names)
  names.set(schema.name, made)
  return made
}

function recordOf(schema: RecordSchema, names: Names): Record<string, unknown> {
  const present = presentIn(schema)
  const members: Record<string, unknown> = {}
  for (const { name, type } of schema.fields) {
    // Named types are declared where they are first used, in a block that is absent, too.
    const value = sampleOf(type, names)
    if (present(name)) members[name] = value
  }
  return members
}

/** Of variants, only the block is there that the first symbol of the discriminator names. */
function presentIn(schema: RecordSchema): (name: string) => boolean {
  const blocks = variantBlocksOf(schema)
  if (blocks.size === 0) return () => true
  const [first] = discriminatorOf(schema).symbols
  return (name) => !blocks.has(name) || blocks.get(name) === first
}
