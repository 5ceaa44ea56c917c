import {
  type AvroSchema,
  type DataClass,
  isArray,
  isNamed,
  isUnion,
  type RecordSchema,
} from '#schemas/avro'

/** A field of a schema, those of records within it too. */
export interface Field {
  /** `payment.split[].code`; below a record that refers to itself by name, or was shown before, no further. */
  readonly path: string
  readonly type: AvroSchema
  readonly data: DataClass
  readonly doc: string
  readonly isOptional: boolean
}

/** Every field in the order of the schema. */
export function fieldsOf(schema: RecordSchema, at = ''): readonly Field[] {
  return schema.fields.flatMap((field) => {
    const path = `${at}${field.name}`
    const { record, isList } = recordIn(field.type)
    const own = { path, type: field.type, data: field.data, doc: field.doc }
    const below = record ? fieldsOf(record, `${path}${isList ? '[]' : ''}.`) : []
    return [{ ...own, isOptional: 'default' in field }, ...below]
  })
}

function recordIn(type: AvroSchema): { readonly record?: RecordSchema; readonly isList: boolean } {
  if (typeof type === 'string') return { isList: false }
  if (isUnion(type)) return recordIn(type[1]!)
  if (isArray(type)) return { ...recordIn(type.items), isList: true }
  return isNamed(type) && type.type === 'record'
    ? { record: type, isList: false }
    : { isList: false }
}

/** Whom fields are about, by path; one that is not here is about nobody. */
export const dataClasses = (schema: RecordSchema): Readonly<Record<string, DataClass>> =>
  Object.fromEntries(
    fieldsOf(schema)
      .filter(({ data }) => data !== 'none')
      .map(({ path, data }) => [path, data]),
  )
