import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'

type Schema = string | readonly Schema[] | { readonly [name: string]: unknown }

/** What ksqlDB makes of a writer's schema: a column a field. Throws a sentence where a type has no counterpart. */
export function columnsOf(schema: object): readonly SqlField[] {
  const known = new Map<string, Schema>()
  const type = typeOf(schema as Schema, known)
  if (type.kind !== 'STRUCT') throw new Error('the registered schema is no record')
  return type.fields
}

const primitives: Readonly<Record<string, SqlType>> = {
  boolean: { kind: 'BOOLEAN' },
  int: { kind: 'INTEGER' },
  long: { kind: 'BIGINT' },
  float: { kind: 'DOUBLE' },
  double: { kind: 'DOUBLE' },
  string: { kind: 'STRING' },
  bytes: { kind: 'BYTES' },
  fixed: { kind: 'BYTES' },
  enum: { kind: 'STRING' },
}

const logical: Readonly<Record<string, SqlType>> = {
  date: { kind: 'DATE' },
  'time-millis': { kind: 'TIME' },
  'timestamp-millis': { kind: 'TIMESTAMP' },
}

function typeOf(schema: Schema, known: Map<string, Schema>): SqlType {
  if (typeof schema === 'string') {
    const primitive = primitives[schema]
    if (primitive) return primitive
    const named = known.get(schema)
    if (named === undefined) throw new Error(`the registered schema names a type ${schema}`)
    return typeOf(named, known)
  }
  if (Array.isArray(schema)) return unionType(schema as readonly Schema[], known)
  return complexType(schema as Readonly<Record<string, unknown>>, known)
}

function unionType(branches: readonly Schema[], known: Map<string, Schema>): SqlType {
  const [only, ...others] = branches.filter((branch) => branch !== 'null')
  if (only !== undefined && others.length === 0) return typeOf(only, known)
  throw new Error('the registered schema has a union of several types, which is not read here')
}

function complexType(
  schema: Readonly<Record<string, unknown>>,
  known: Map<string, Schema>,
): SqlType {
  const { type, name, logicalType } = schema
  if (logicalType === 'decimal') {
    const { precision, scale = 0 } = schema as { precision: number; scale?: number }
    return { kind: 'DECIMAL', precision, scale }
  }
  const instant = typeof logicalType === 'string' ? logical[logicalType] : undefined
  if (instant) return instant
  switch (type) {
    case 'array':
      return { kind: 'ARRAY', item: typeOf(schema['items'] as Schema, known) }
    case 'map': {
      const value = typeOf(schema['values'] as Schema, known)
      return { kind: 'MAP', key: { kind: 'STRING' }, value }
    }
    case 'record':
      return recordType(schema, known)
    default:
      if (typeof name === 'string') known.set(name, schema)
      return typeOf(type as Schema, known)
  }
}

function recordType(
  schema: Readonly<Record<string, unknown>>,
  known: Map<string, Schema>,
): SqlType {
  const { name, namespace, fields } = schema as {
    readonly name: string
    readonly namespace?: string
    readonly fields: readonly { readonly name: string; readonly type: Schema }[]
  }
  const struct = fields.map(({ name: field, type }) => ({
    name: field.toUpperCase(),
    type: typeOf(type, known),
  }))
  // Only now: a record within itself is named before it is known.
  for (const title of [name, namespace ? `${namespace}.${name}` : name]) known.set(title, schema)
  return { kind: 'STRUCT', fields: struct }
}
