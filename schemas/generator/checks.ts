import {
  type AvroSchema,
  type FieldSchema,
  type NamedSchema,
  type RecordSchema,
  type ValueSchema,
  isArray,
  isNamed,
  isPrimitive,
  isUnion,
  textTypeNames,
} from '#schemas/avro'
import { variantBlocksOf } from '#schemas/variants'

/** An .avsc file: its path from `schemas`, such as `payments/payment.avsc`, and its content. */
export interface SourceFile {
  readonly path: string
  readonly schema: RecordSchema
}

const dataClasses = ['none', 'personal', 'sensitive', 'secret']
const texts: readonly string[] = textTypeNames

/** What breaks the rules of our schemas, one sentence each, with the file and the place in it. */
export function problemsOf(files: readonly SourceFile[]): string[] {
  const names = new Map<string, string>()
  return files.flatMap(({ path, schema }) => [
    ...placeProblems(path, schema),
    ...typeProblems(schema).map(([at, problem]) => `${path}: ${at} ${problem}`),
    ...namedIn(schema).flatMap(({ name }) => {
      const other = names.get(name)
      names.set(name, path)
      return other === undefined ? [] : [`${path}: ${name} is also defined in ${other}`]
    }),
  ])
}

type Problem = readonly [at: string, problem: string]

function placeProblems(path: string, { name, namespace }: RecordSchema): string[] {
  const folder = path.split('/').at(-2)
  const kebab = name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
  const wanted = `${folder}/${kebab}.avsc`
  return [
    ...(path === wanted ? [] : [`${path}: ${name} belongs into ${wanted}`]),
    ...(namespace === `corrente.${folder}`
      ? []
      : [`${path}: the namespace is not corrente.${folder}`]),
  ]
}

function namedIn(schema: AvroSchema): readonly NamedSchema[] {
  if (isUnion(schema)) return schema.flatMap(namedIn)
  if (isArray(schema)) return namedIn(schema.items)
  if (!isNamed(schema)) return []
  const inner =
    schema.type === 'record' ? schema.fields.flatMap((field) => namedIn(field.type)) : []
  return [schema, ...inner]
}

function typeProblems(schema: AvroSchema): Problem[] {
  if (typeof schema === 'string') return isKnown(schema) ? [] : [[schema, 'is not a type']]
  if (isUnion(schema)) return unionProblems(schema)
  if (isArray(schema)) return typeProblems(schema.items)
  if (!isNamed(schema)) return valueProblems(schema)
  const undocumented: Problem[] = schema.doc ? [] : [[schema.name, 'has no doc']]
  if (schema.type === 'enum') return undocumented
  return [
    ...undocumented,
    ...variantProblems(schema),
    ...schema.fields.flatMap(fieldProblems(schema)),
  ]
}

// Bytes say what they are, and a reference is a full name.
const isKnown = (name: string) => (isPrimitive(name) && name !== 'bytes') || name.includes('.')

const unionProblems = (branches: readonly AvroSchema[]): Problem[] =>
  branches.length === 2 && branches[0] === 'null' && branches[1] !== 'null'
    ? typeProblems(branches[1]!)
    : [['a union', 'is not of null and one other type, in that order']]

function valueProblems({ type, corrente, logicalType, precision, scale }: ValueSchema): Problem[] {
  const isAmount =
    corrente === 'cents' &&
    type === 'bytes' &&
    logicalType === 'decimal' &&
    precision === 12 &&
    scale === 2
  const isBytes = corrente === 'bytes' && type === 'bytes' && logicalType === undefined
  const isText = type === 'string' && texts.includes(corrente)
  return isAmount || isBytes || isText
    ? []
    : [[`corrente "${corrente}"`, 'is no value type, or on a wrong type']]
}

const fieldProblems =
  (record: RecordSchema) =>
  (field: FieldSchema): Problem[] => {
    const at = `${record.name}.${field.name}`
    const rules: readonly (readonly [holds: boolean, problem: string])[] = [
      [Boolean(field.doc), 'has no doc'],
      [dataClasses.includes(field.data), `has no data class, one of ${dataClasses.join(', ')}`],
      [!isUnion(field.type) || field.default === null, 'may be null and has not the default null'],
      [field.null === undefined || isUnion(field.type), 'leaves out a null it cannot have'],
      [/^[a-z][a-z\d_]*$/.test(field.name), 'is not in lower case with underscores'],
    ]
    return [
      ...rules.filter(([holds]) => !holds).map(([, problem]) => [at, problem] as const),
      ...typeProblems(field.type).map(([inner, problem]) => [`${at}: ${inner}`, problem] as const),
    ]
  }

function variantProblems(record: RecordSchema): Problem[] {
  if (record.corrente === undefined && record.discriminator === undefined) return []
  const tag = record.fields.find(({ name }) => name === record.discriminator)?.type
  if (record.corrente !== 'variants' || tag === undefined || !isNamed(tag) || tag.type !== 'enum') {
    return [
      [
        record.name,
        'needs "corrente": "variants" and a discriminator that is an enum defined in it',
      ],
    ]
  }
  const blocks = variantBlocksOf(record)
  return record.fields
    .filter(({ name, type }) => blocks.has(name) !== isUnion(type))
    .map(({ name }) => [
      `${record.name}.${name}`,
      'is not a nullable block named by the discriminator',
    ])
}
