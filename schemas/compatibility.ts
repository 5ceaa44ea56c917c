import {
  type AvroSchema,
  type EnumSchema,
  type NamedSchema,
  type RecordSchema,
  type ValueSchema,
  isArray,
  isNamed,
  isUnion,
  textTypeNames,
} from '#schemas/avro'
import { avroTypeOf } from '#schemas/avro-types'
import { definitionsOf } from '#schemas/generator/compose'

type Definitions = ReadonlyMap<string, NamedSchema>

interface Side {
  readonly schema: AvroSchema
  readonly definitions: Definitions
}

/**
 * Why values written with `previous` could not all be read with `next`; empty when they can. Both
 * are composed schemas. Besides Avro's own rules, a text that got a value type, or another one, is
 * a problem: old values may not have that form.
 */
export function checkBackward(next: object, previous: object): string[] {
  const problems = compare(sideOf(next), sideOf(previous), '', new Set())
  return problems.length > 0 ? problems : avscProblems(next, previous)
}

function avscProblems(next: object, previous: object): string[] {
  try {
    avroTypeOf(next).createResolver(avroTypeOf(previous))
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

const sideOf = (schema: object): Side => ({
  schema: schema as RecordSchema,
  definitions: definitionsOf([schema as RecordSchema]),
})

/** What the side's schema refers to, or the schema itself. Throws TypeError for a union. */
function resolved({ schema, definitions }: Side): Exclude<AvroSchema, readonly AvroSchema[]> {
  if (isUnion(schema)) throw new TypeError('a union has no definition')
  if (typeof schema === 'string') return definitions.get(schema) ?? schema
  return schema
}

function compare(next: Side, previous: Side, at: string, seen: Set<string>): string[] {
  const isNullable = isUnion(next.schema)
  if (isUnion(previous.schema) && !isNullable) return [`${at} could be null before and cannot now`]
  const reader = resolved({ ...next, schema: branchOf(next.schema) })
  const writer = resolved({ ...previous, schema: branchOf(previous.schema) })
  if (isRecord(reader) && isRecord(writer)) {
    if (seen.has(reader.name)) return []
    seen.add(reader.name)
    return compareRecords({ ...next, schema: reader }, { ...previous, schema: writer }, at, seen)
  }
  if (isEnum(reader) && isEnum(writer)) return compareEnums(reader, writer, at)
  if (isArray(reader) && isArray(writer)) {
    const items = { ...next, schema: reader.items }
    return compare(items, { ...previous, schema: writer.items }, `${at}/*`, seen)
  }
  const [now, before] = [describe(reader), describe(writer)]
  return now === before || widenings.has(`${before} > ${now}`)
    ? []
    : [`${at} was ${before} and is ${now}`]
}

const branchOf = (schema: AvroSchema): AvroSchema => (isUnion(schema) ? schema[1]! : schema)
const isRecord = (schema: AvroSchema): schema is RecordSchema =>
  isNamed(schema) && schema.type === 'record'
const isEnum = (schema: AvroSchema): schema is EnumSchema =>
  isNamed(schema) && schema.type === 'enum'

const widenings = new Set([
  'int > long',
  'int > double',
  'long > double',
  ...textTypeNames.map((text) => `string (${text}) > string`),
])

function describe(schema: AvroSchema): string {
  if (typeof schema === 'string') return schema
  const { type, corrente, precision, scale } = schema as ValueSchema
  if (corrente === undefined) return type
  return precision === undefined
    ? `${type} (${corrente})`
    : `${type} (${corrente} ${precision}.${scale})`
}

function compareRecords(next: Side, previous: Side, at: string, seen: Set<string>): string[] {
  const reader = next.schema as RecordSchema
  const written = new Map(
    (previous.schema as RecordSchema).fields.map((field) => [field.name, field]),
  )
  return reader.fields.flatMap((field) => {
    const place = `${at}/${field.name}`
    const before = written.get(field.name)
    if (before === undefined) {
      return field.default === undefined ? [`${place} is new and has no default`] : []
    }
    return compare(
      { ...next, schema: field.type },
      { ...previous, schema: before.type },
      place,
      seen,
    )
  })
}

const compareEnums = (next: EnumSchema, previous: EnumSchema, at: string): string[] =>
  previous.symbols
    .filter((symbol) => !next.symbols.includes(symbol))
    .map((symbol) => `${at} could be ${symbol} before and cannot now`)
