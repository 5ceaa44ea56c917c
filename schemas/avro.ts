/** Value types that are text, see `schemas/values`. */
export const textTypeNames = [
  'uuid',
  'date-time',
  'notice-code',
  'iuv',
  'iud',
  'tax-code',
  'iban',
  'json',
] as const

export type TextTypeName = (typeof textTypeNames)[number]

/** Value types: texts, decimals and bytes with a meaning of their own. */
export type ValueTypeName = 'cents' | 'bytes' | TextTypeName

/** Whom a field is about: nobody, a person, a person's private life, or a credential. */
export type DataClass = 'none' | 'personal' | 'sensitive' | 'secret'

export interface ValueSchema {
  readonly type: 'bytes' | 'string'
  readonly corrente: ValueTypeName
  readonly logicalType?: 'decimal'
  readonly precision?: number
  readonly scale?: number
}

export interface ArraySchema {
  readonly type: 'array'
  readonly items: AvroSchema
}

export interface EnumSchema {
  readonly type: 'enum'
  readonly name: string
  readonly namespace?: string
  readonly doc: string
  readonly symbols: readonly string[]
}

export interface FieldSchema {
  readonly name: string
  readonly type: AvroSchema
  readonly default?: unknown
  readonly data: DataClass
  /** `absent`: a null is left out of plain JSON, as writers of the contract's first form do. */
  readonly null?: 'absent'
  readonly doc: string
}

/** A record; as `variants` only the block named by the discriminator is present. */
export interface RecordSchema {
  readonly type: 'record'
  readonly name: string
  readonly namespace?: string
  readonly doc: string
  readonly corrente?: 'variants'
  readonly discriminator?: string
  readonly fields: readonly FieldSchema[]
}

export type NamedSchema = RecordSchema | EnumSchema

/** The part of Avro we write: no maps, no fixed, and unions only of null with something. */
export type AvroSchema =
  string | readonly AvroSchema[] | ValueSchema | ArraySchema | EnumSchema | RecordSchema

const primitives = ['null', 'boolean', 'int', 'long', 'double', 'string', 'bytes']

export const isPrimitive = (name: string): boolean => primitives.includes(name)

export const isUnion = (schema: AvroSchema): schema is readonly AvroSchema[] =>
  Array.isArray(schema)

export const isNamed = (schema: AvroSchema): schema is NamedSchema =>
  typeof schema === 'object' &&
  !isUnion(schema) &&
  (schema.type === 'record' || schema.type === 'enum')

export const isArray = (schema: AvroSchema): schema is ArraySchema =>
  typeof schema === 'object' && !isUnion(schema) && schema.type === 'array'

/** The name by which a type is referred to: with its namespace, or that of the type around it. */
export const fullNameOf = (schema: NamedSchema, namespace: string): string =>
  `${schema.namespace ?? namespace}.${schema.name}`
