import {
  type AvroSchema,
  type NamedSchema,
  type RecordSchema,
  fullNameOf,
  isArray,
  isNamed,
  isPrimitive,
  isUnion,
} from '#schemas/avro'

/**
 * Every named type of the sources, nested ones included, by full name. Throws where one is defined
 * twice.
 */
export function definitionsOf(sources: readonly RecordSchema[]): Map<string, NamedSchema> {
  const definitions = new Map<string, NamedSchema>()
  for (const source of sources) collect(source, '', definitions)
  return definitions
}

function collect(schema: AvroSchema, namespace: string, into: Map<string, NamedSchema>): void {
  if (isUnion(schema)) return schema.forEach((branch) => collect(branch, namespace, into))
  if (isArray(schema)) return collect(schema.items, namespace, into)
  if (!isNamed(schema)) return
  const name = fullNameOf(schema, namespace)
  if (into.has(name)) throw new Error(`${name} is defined twice; refer to it by its full name`)
  const inner = schema.namespace ?? namespace
  into.set(name, { ...schema, namespace: inner })
  if (schema.type === 'record') schema.fields.forEach((field) => collect(field.type, inner, into))
}

/** The source with every other type written out at its first use, as a registry wants it. */
export function compose(
  source: RecordSchema,
  definitions: ReadonlyMap<string, NamedSchema>,
): RecordSchema {
  const written = new Set<string>()

  const writeOut = (schema: AvroSchema, namespace: string): AvroSchema => {
    if (typeof schema === 'string') return reference(schema, namespace)
    if (isUnion(schema)) return schema.map((branch) => writeOut(branch, namespace))
    if (isArray(schema)) return { ...schema, items: writeOut(schema.items, namespace) }
    return isNamed(schema) ? reference(fullNameOf(schema, namespace), namespace) : schema
  }

  const reference = (name: string, namespace: string): AvroSchema => {
    if (isPrimitive(name) || written.has(name)) return name
    const definition = definitions.get(name)
    if (definition === undefined)
      throw new Error(`${source.name} refers to ${name}, which is unknown`)
    written.add(name)
    return define(definition, namespace)
  }

  const define = (definition: NamedSchema, around: string): NamedSchema => {
    const { type, name, namespace = around, ...rest } = definition
    const head = { type, name, ...(namespace === around ? {} : { namespace }) }
    if (definition.type === 'enum') return { ...head, ...rest } as NamedSchema
    const fields = definition.fields.map((field) => ({
      ...field,
      type: writeOut(field.type, namespace),
    }))
    return { ...head, ...rest, fields } as NamedSchema
  }

  return reference(fullNameOf(source, ''), '') as RecordSchema
}
