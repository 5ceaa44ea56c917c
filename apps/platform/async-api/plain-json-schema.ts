import type { JsonSchema } from '#apps/platform/api-docs/api'
import {
  type AvroSchema,
  type FieldSchema,
  isArray,
  isNamed,
  isUnion,
  type RecordSchema,
  type ValueTypeName,
} from '#schemas/avro'

/** What each value type is in plain JSON, with an example. */
export const valueTypes: Readonly<
  Record<ValueTypeName, JsonSchema & { readonly examples: readonly [unknown] }>
> = {
  uuid: { type: 'string', format: 'uuid', examples: ['5f0c7a52-2a0d-4c55-9a3e-000000000001'] },
  'date-time': {
    ...{ type: 'string', description: 'ISO 8601 with an offset' },
    examples: ['2026-11-30T10:15:00+01:00'],
  },
  'notice-code': { type: 'string', pattern: '^\\d{18}$', examples: ['301000000000123456'] },
  iuv: { type: 'string', maxLength: 35, examples: ['01000000000123456'] },
  iud: { type: 'string', maxLength: 35, examples: ['5f0c7a522a0d4c559a3e000000000001'] },
  'tax-code': { type: 'string', description: 'tax code', examples: ['01234567897'] },
  iban: { type: 'string', description: 'IBAN', examples: ['IT60X0542811101000000123456'] },
  json: { description: 'any JSON: members only its writer knows', examples: [{}] },
  cents: {
    ...{ type: ['number', 'string'], description: 'decimal, two places at most' },
    examples: [42.5],
  },
  bytes: { type: 'string', description: 'base64', examples: ['Y29ycmVudGU='] },
}

const primitives: Readonly<Record<string, JsonSchema>> = {
  boolean: { type: 'boolean' },
  int: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
  long: { type: 'integer' },
  double: { type: 'number' },
  string: { type: 'string' },
}

/** JSON Schema of the plain JSON that values of an Avro schema are read from and shown as. */
export const plainJsonSchema = (schema: RecordSchema): JsonSchema => compile(schema, new Map())

type Names = Map<string, JsonSchema>

function compile(schema: AvroSchema, names: Names): JsonSchema {
  if (typeof schema === 'string') return primitives[schema] ?? names.get(lastOf(schema)) ?? {}
  if (isUnion(schema)) return orNull(compile(schema[1]!, names))
  if (isArray(schema)) return { type: 'array', items: compile(schema.items, names) }
  if (!isNamed(schema)) return valueTypes[schema.corrente] ?? {}
  const made =
    schema.type === 'enum'
      ? { type: 'string', enum: schema.symbols, description: schema.doc }
      : recordOf(schema, names)
  names.set(schema.name, made)
  return made
}

// Names are unique without their namespace: the tests of schemas see to that.
const lastOf = (name: string): string => name.split('.').at(-1)!

const recordOf = ({ doc, fields }: RecordSchema, names: Names): JsonSchema => ({
  ...{ type: 'object', description: doc },
  required: fields.filter((field) => !('default' in field)).map(({ name }) => name),
  properties: Object.fromEntries(fields.map((field) => [field.name, fieldOf(field, names)])),
})

const fieldOf = ({ type, data, doc }: FieldSchema, names: Names): JsonSchema => ({
  ...compile(type, names),
  description: doc,
  'x-data-class': data,
})

function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: choices } = schema
  if (type === undefined) return schema
  return {
    ...schema,
    type: [type, 'null'].flat(),
    ...(Array.isArray(choices) ? { enum: [...(choices as readonly unknown[]), null] } : {}),
  }
}
