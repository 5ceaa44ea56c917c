import type { Column, SqlType } from '#apps/ksql-standin/sql/sql-type'

/** A type as the descriptions of tables spell it out. */
export function schemaEntity(type: SqlType): object {
  const { kind } = type
  const plain = { type: kind, fields: null, memberSchema: null }
  if (type.kind === 'DECIMAL') {
    return { ...plain, parameters: { precision: type.precision, scale: type.scale } }
  }
  if (type.kind === 'ARRAY') return { ...plain, memberSchema: schemaEntity(type.item) }
  if (type.kind === 'MAP') return { ...plain, memberSchema: schemaEntity(type.value) }
  if (type.kind !== 'STRUCT') return plain
  const fields = type.fields.map(({ name, type: of }) => ({ name, schema: schemaEntity(of) }))
  return { ...plain, fields }
}

export const fieldEntity = ({ name, type, isKey }: Column): object => ({
  name,
  schema: schemaEntity(type),
  ...(isKey ? { type: 'KEY' } : {}),
})
