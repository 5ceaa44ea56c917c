import {
  type AvroSchema,
  type EnumSchema,
  type FieldSchema,
  type NamedSchema,
  type RecordSchema,
  type ValueTypeName,
  fullNameOf,
  isArray,
  isNamed,
  isUnion,
} from '#schemas/avro'
import { discriminatorOf, variantBlocksOf } from '#schemas/variants'

const aliases: Readonly<Record<ValueTypeName, readonly [string, string, string]>> = {
  cents: ['Cents', 'number', 'Integer cents; a decimal with two digits on the wire.'],
  bytes: ['Bytes', 'Buffer', 'Bytes as they are; base64 in plain JSON.'],
  uuid: ['Uuid', 'string', 'Lower case, with hyphens.'],
  'date-time': ['DateTime', 'string', 'ISO 8601 with an offset, whole seconds.'],
  'notice-code': ['NoticeCode', 'string', '18 digits.'],
  iuv: ['Iuv', 'string', 'At most 35 characters.'],
  iud: ['Iud', 'string', 'At most 35 characters; 32 hex digits of what was born here.'],
  'tax-code': ['TaxCode', 'string', '16 characters or 11 digits, upper case.'],
  iban: ['Iban', 'string', 'Upper case, no spaces.'],
  json: ['JsonText', 'string', 'Text of a JSON value.'],
}

const primitives: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  string: 'string',
}

/**
 * The interfaces of all named types, and the map from full names of the sources to them.
 * Unformatted.
 */
export function toTypescript(
  sources: readonly RecordSchema[],
  definitions: ReadonlyMap<string, NamedSchema>,
): string {
  const head = Object.values(aliases).map(
    ([name, type, doc]) => `${docstring(doc)}export type ${name} = ${type}`,
  )
  const types = [...definitions.values()].map((definition) =>
    definition.type === 'enum'
      ? enumOf(definition)
      : definition.corrente === 'variants'
        ? variantsOf(definition)
        : interfaceOf(definition.name, definition.doc, definition.fields),
  )
  const map = sources.map((source) => `readonly '${fullNameOf(source, '')}': ${source.name}\n`)
  return [
    '// Written by schemas/generate.ts from the .avsc files; not to be edited.',
    ...head,
    ...types,
    docstring('Every record by the full name of its schema.') +
      `export interface Schemas {\n${map.join('')}}`,
    'export type SchemaName = keyof Schemas\n',
  ].join('\n\n')
}

const docstring = (text: string) => `/** ${text} */\n`

const memberOf = (field: FieldSchema) =>
  `${docstring(field.doc)}readonly ${field.name}: ${typeOf(field.type)}\n`

const interfaceOf = (name: string, doc: string, fields: readonly FieldSchema[]) =>
  `${docstring(doc)}export interface ${name} {\n${fields.map(memberOf).join('')}}`

const enumOf = ({ name, doc, symbols }: EnumSchema) =>
  `${docstring(doc)}export type ${name} = ${symbols.map((symbol) => `'${symbol}'`).join(' | ')}`

function variantsOf(record: RecordSchema): string {
  const blocks = variantBlocksOf(record)
  const tag = record.discriminator!
  const shared = record.fields.filter(({ name }) => name !== tag && !blocks.has(name))
  const variants = discriminatorOf(record).symbols.map((symbol) => {
    const block = record.fields.find(({ name }) => blocks.get(name) === symbol)
    if (block === undefined) return `| { readonly ${tag}: '${symbol}' }`
    const [, type] = block.type as readonly AvroSchema[]
    return `| { readonly ${tag}: '${symbol}'; readonly ${block.name}: ${typeOf(type!)} }`
  })
  return [
    interfaceOf(`${record.name}Members`, `What every ${record.name} has.`, shared),
    docstring(record.doc) +
      `export type ${record.name} = ${record.name}Members & (${variants.join('\n')})`,
  ].join('\n\n')
}

function typeOf(schema: AvroSchema): string {
  if (typeof schema === 'string') return primitives[schema] ?? schema.split('.').at(-1)!
  if (isUnion(schema)) return [...schema].reverse().map(typeOf).join(' | ')
  if (isArray(schema)) return `readonly ${bracketed(typeOf(schema.items))}[]`
  return isNamed(schema) ? schema.name : aliases[schema.corrente][0]
}

const bracketed = (type: string) => (type.includes(' ') ? `(${type})` : type)
